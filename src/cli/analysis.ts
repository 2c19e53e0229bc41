import type { SourceKind } from '../link/port.ts';
import { summarizePipeline, viewPipeline, type PipelineOutput, type PipelineSummary } from '../pipeline.ts';
import type { Recording } from '../sessions/recording.ts';
import { rollerOf } from '../sessions/summary/roller.ts';
import { spansOf, toldOf, type Span, type Told } from '../sessions/summary/spans.ts';
import { runRecording, type RunConfig } from '../sessions/summary/summarize.ts';
import type { RollerDescription } from '../sessions/summary/summary.ts';

/** What `analyze --json` prints: one document, times in session seconds. */
export interface Analysis {
  readonly source: SourceKind;
  readonly durationS: number;
  readonly roller: RollerDescription | null;
  readonly quality: PipelineSummary['quality'];
  readonly groups: PipelineSummary['groups'];
  readonly states: readonly Span[];
  readonly cues: readonly Told[];
  readonly motion?: readonly {
    readonly tS: number;
    readonly speedCmS: number;
    readonly positionCm: number;
    readonly contact: boolean;
    readonly forceN: number | null;
  }[];
}

/** Runs the live pipeline over a whole recording, as one session from its first frame. */
export function analyze(recording: Recording, config: RunConfig, withMotion: boolean): Analysis {
  const outputs: PipelineOutput[] = [];
  const state = runRecording(recording, { ...config, start: 'first-frame' }, (output) => outputs.push(output));
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
    cues: toldOf(outputs.flatMap((output) => (output.type === 'cue' ? [output.event] : []))),
    ...(withMotion && {
      motion: ticks.map(({ tS, speedCmS, positionCm, contact, forceN }) => ({ tS, speedCmS, positionCm, contact, forceN })),
    }),
  };
}
