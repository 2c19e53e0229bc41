import type { CueEvent, StateEvent } from '../../coaching/events.ts';
import type { MuscleGroup, Side } from '../../guide/groups.ts';
import type { BlockTap, Marker, PipelineOutput, PipelineState } from '../../pipeline.ts';
import type { Recording } from '../recording.ts';
import { spansOf, toldOf, type Span, type Told } from '../summary/spans.ts';
import { runRecording, summaryOf, type RunConfig, type SummaryMeta } from '../summary/summarize.ts';
import type { SessionSummaryRecord } from '../summary/summary.ts';

/** The derived series, at multiples of 0.1 s of session time. */
export interface SeriesTick {
  readonly tS: number;
  readonly speedCmS: number;
  readonly positionCm: number;
  readonly contact: boolean;
  /** null: not known. */
  readonly forceN: number | null;
  readonly pressureKpa: number | null;
}

/** A stretch with the same group and side chosen; together they are the whole session. */
export interface Stretch {
  readonly group: MuscleGroup;
  readonly side: Side;
  readonly startS: number;
  readonly endS: number;
  /** Of it in contact while the session ran: what the summary counts. */
  readonly activeS: number;
  readonly strokes: number;
}

/** All that an export is made of. */
export interface SessionRun {
  readonly meta: SummaryMeta;
  /** UTC of session time 0, ms. */
  readonly zeroUtcMs: number;
  readonly summary: SessionSummaryRecord;
  readonly series: readonly SeriesTick[];
  readonly stretches: readonly Stretch[];
  readonly states: readonly Span[];
  readonly cues: readonly Told[];
  readonly markers: readonly Marker[];
  /** Factor on what the cells read. */
  readonly forceScale: number;
}

/** Runs the live pipeline over a recording and keeps what exports tell. */
export function runForExport(recording: Recording, config: RunConfig, person: SummaryMeta['person'] = null): SessionRun {
  const meta: SummaryMeta = { ...recording.meta, damage: recording.damage, person };
  const series: SeriesTick[] = [];
  const states: StateEvent[] = [];
  const cues: CueEvent[] = [];
  const markers: Marker[] = [];
  const stretches: { -readonly [Key in keyof Stretch]: Stretch[Key] }[] = [];
  /** What had been counted of the group and side of the present stretch when it began. */
  let before: Counted = NOTHING;
  let zeroS: number | null = null;
  const noteZero: BlockTap = ({ arrivalS, tS }) => (zeroS ??= arrivalS - tS);
  const end = runRecording(recording, config, each, noteZero);
  const summary = summaryOf(end, meta);
  return {
    meta,
    zeroUtcMs: recording.meta.startUtcMs + (zeroS ?? 0) * 1000,
    summary,
    series,
    stretches,
    states: spansOf(states, summary.origin.durationS),
    cues: toldOf(cues),
    markers,
    forceScale: end.motion?.cells.scale ?? 1,
  };

  function each(output: PipelineOutput, { coaching }: PipelineState): void {
    if (output.type === 'state') states.push(output.event);
    else if (output.type === 'cue') cues.push(output.event);
    else if (output.type === 'marker') markers.push(output.marker);
    else if (output.type === 'tick') {
      const { tS, speedCmS, positionCm, contact, forceN, pressureKpa } = output.tick;
      series.push({ tS, speedCmS, positionCm, contact, forceN, pressureKpa });
      const { group, side } = coaching;
      let stretch = stretches.at(-1);
      if (stretch?.group !== group || stretch.side !== side) {
        before = sumOf(stretches.filter((earlier) => earlier.group === group && earlier.side === side));
        stretch = { group, side, startS: stretch?.endS ?? 0, endS: tS, ...NOTHING };
        stretches.push(stretch);
      }
      const counted = countedOf(coaching);
      stretch.endS = tS;
      stretch.activeS = counted.activeS - before.activeS;
      stretch.strokes = counted.strokes - before.strokes;
    }
  }
}

type Counted = Pick<Stretch, 'activeS' | 'strokes'>;
const NOTHING: Counted = { activeS: 0, strokes: 0 };

const sumOf = (stretches: readonly Counted[]): Counted =>
  stretches.reduce((sum, { activeS, strokes }) => ({ activeS: sum.activeS + activeS, strokes: sum.strokes + strokes }), NOTHING);

/** Of the group and side that are chosen, in the whole session so far. */
function countedOf({ ledgers, group, side }: PipelineState['coaching']): Counted {
  for (const ledger of ledgers.values()) if (ledger.group === group && ledger.side === side) return ledger;
  return NOTHING;
}
