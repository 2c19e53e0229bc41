import type { Load } from './moment.ts';
import { reached } from './time.ts';
import { TICK_S } from './ticks.ts';

/** What the person said about pain, and the load it was felt at; plain data. */
export interface PainReport {
  /** 0 to 10. */
  readonly nrs: number;
  readonly unit: Load['unit'] | null;
  readonly loadThen: number;
  /** For how long it has been off the roller or at a clearly lower load, s. */
  readonly easedS: number;
}

export const painFelt = (nrs: number, load: Load | null): PainReport => ({ nrs, unit: load?.unit ?? null, loadThen: load?.value ?? 0, easedS: 0 });

/**
 * A report stands until the next one, or until the load that hurt has gone: off the roller, or below 90 % of that load, for 2 s.
 * Without cells only leaving the roller or another report can tell. Pain that stops the session stays until it is confirmed.
 */
export function stepPain(
  pain: PainReport | null,
  load: Load | null,
  contact: boolean,
  config: { readonly loadReleaseRatio: number; readonly painEasedS: number },
): PainReport | null {
  if (pain === null) return null;
  const isLighter = load !== null && load.unit === pain.unit && load.value < config.loadReleaseRatio * pain.loadThen;
  const easedS = !contact || isLighter ? pain.easedS + TICK_S : 0;
  return reached(easedS, config.painEasedS) ? null : { ...pain, easedS };
}
