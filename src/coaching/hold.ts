import type { Moment } from './moment.ts';
import { reached } from './time.ts';

/** Holding still on purpose; plain data. */
export interface PlannedHold {
  /** The person has come to rest on the place; before, they may still be on the way to it. */
  readonly isSettled: boolean;
}

/** A hold ends when the person has rolled away or come off, and never outlasts the dose; null: it is over. */
export function stepHold(
  hold: PlannedHold | null,
  { dwellS, setS }: Pick<Moment, 'dwellS' | 'setS'>,
  config: { readonly areaRearmBelowS: number; readonly doseMaxS: number },
): PlannedHold | null {
  if (hold === null || reached(setS, config.doseMaxS)) return null;
  const isHeld = dwellS >= config.areaRearmBelowS;
  if (hold.isSettled) return isHeld ? hold : null;
  return isHeld ? { isSettled: true } : hold;
}
