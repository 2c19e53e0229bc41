import type { CueEvent, CueKind, Level, StateEvent } from '../../coaching/events.ts';
import type { MuscleGroup, Side } from '../../guide/groups.ts';

/** A rule's own activation at one level, before precedence and pacing; one that never ended does so with the recording. */
export interface Span {
  readonly kind: CueKind;
  readonly level: Level;
  readonly group: MuscleGroup;
  readonly side: Side;
  readonly startS: number;
  readonly endS: number;
}

/** What the person was told. */
export type Told = Readonly<Pick<CueEvent, 'tS' | 'kind' | 'level' | 'group' | 'side' | 'value' | 'limit' | 'unit'>>;

/** Starts and ends -> spans, in order of their starts. */
export function spansOf(events: readonly StateEvent[], durationS: number): readonly Span[] {
  const spans: { -readonly [Key in keyof Span]: Span[Key] }[] = [];
  const open = new Map<string, (typeof spans)[number]>();
  for (const { kind, level, group, side, phase, tS } of events) {
    const key = `${kind} ${level}`;
    if (phase === 'start') {
      const span = { kind, level, group, side, startS: tS, endS: durationS };
      spans.push(span);
      open.set(key, span);
    } else {
      const span = open.get(key);
      if (span !== undefined) span.endS = tS;
      open.delete(key);
    }
  }
  return spans;
}

export const toldOf = (events: readonly CueEvent[]): readonly Told[] =>
  events.flatMap(({ phase, tS, kind, level, group, side, value, limit, unit }) =>
    phase === 'start' ? [{ tS, kind, level, group, side, value, limit, ...(unit && { unit }) }] : []);
