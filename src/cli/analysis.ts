import type { CueKind, Level, StateEvent } from '../coaching/events.ts';
import type { MuscleGroup, Side } from '../guide/groups.ts';
import type { SourceKind } from '../link/port.ts';
import { summarizePipeline, viewPipeline, type PipelineOutput, type PipelineSummary } from '../pipeline.ts';
import type { Recording } from '../sessions/recording.ts';
import { rollerOf } from '../sessions/summary/roller.ts';
import { runRecording, type RunConfig } from '../sessions/summary/summarize.ts';
import type { RollerDescription } from '../sessions/summary/summary.ts';

/** What `analyze --json` prints: one document, times in session seconds. */
export interface Analysis {
  readonly source: SourceKind;
  readonly durationS: number;
  readonly roller: RollerDescription | null;
  readonly quality: PipelineSummary['quality'];
  readonly groups: PipelineSummary['groups'];
  /** Every rule's own activation, one entry a level, before precedence and pacing; one that never ended does so with the recording. */
  readonly states: readonly {
    readonly kind: CueKind;
    readonly level: Level;
    readonly group: MuscleGroup;
    readonly side: Side;
    readonly startS: number;
    readonly endS: number;
  }[];
  /** What the person was told. */
  readonly cues: readonly {
    readonly tS: number;
    readonly kind: CueKind;
    readonly level: Level;
    readonly group: MuscleGroup;
    readonly side: Side;
    readonly value: number;
    readonly limit: number;
  }[];
  readonly motion?: readonly {
    readonly tS: number;
    readonly speedCmS: number;
    readonly positionCm: number;
    readonly contact: boolean;
    readonly forceN: number | null;
  }[];
}

/** Runs the live pipeline over a whole recording. */
export function analyze(recording: Recording, config: RunConfig, withMotion: boolean): Analysis {
  const outputs: PipelineOutput[] = [];
  const state = runRecording(recording, config, (output) => outputs.push(output));
  const { durationS, quality, groups } = summarizePipeline(state);
  const ticks = outputs.flatMap((output) => (output.type === 'tick' ? [output.tick] : []));
  return {
    source: recording.meta.source,
    durationS,
    roller: rollerOf(viewPipeline(state)),
    quality,
    groups,
    states: spansOf(
      outputs.flatMap((output) => (output.type === 'state' ? [output.event] : [])),
      durationS,
    ),
    cues: outputs.flatMap((output) => {
      if (output.type !== 'cue' || output.event.phase !== 'start') return [];
      const { tS, kind, level, group, side, value, limit } = output.event;
      return [{ tS, kind, level, group, side, value, limit }];
    }),
    ...(withMotion && {
      motion: ticks.map(({ tS, speedCmS, positionCm, contact, forceN }) => ({ tS, speedCmS, positionCm, contact, forceN })),
    }),
  };
}

/** Starts and ends -> spans, in order of their starts. */
function spansOf(events: readonly StateEvent[], durationS: number): Analysis['states'] {
  const spans: { kind: CueKind; level: Level; group: MuscleGroup; side: Side; startS: number; endS: number }[] = [];
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
