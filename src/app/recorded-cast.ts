import { AppError } from '../errors.ts';
import type { LinkEvent } from '../link/port.ts';
import { sessionTimeS } from '../motion/timebase.ts';
import { createRecordedRoller } from '../peripheral/recorded-roller.ts';
import { createReel } from '../peripheral/reel.ts';
import { createPipeline, stepPipeline, type PipelineConfig } from '../pipeline.ts';
import { readRecording } from '../sessions/reader.ts';
import type { RecordedEvent } from '../sessions/recording.ts';
import { replayConfig } from '../sessions/replay-config.ts';
import type { Rate } from '../sessions/transport.ts';
import type { Cast, ScenarioOptions } from './cast.ts';
import type { ScriptOptions } from './script.ts';

export interface RecordedCastOptions extends ScenarioOptions {
  readonly recording: string;
  readonly rate: Rate;
}

export interface RecordedCastContext {
  readonly config: Pick<PipelineConfig, 'coaching' | 'overrides'>;
  readonly report: (line: string) => void;
}

const isLinkEvent = (event: RecordedEvent): event is LinkEvent => event.type !== 'command';

/**
 * A recording as a roller on the radio that sends in a loop what was sent then, and as a person who says again what was said. Rejects with
 * E_USAGE, E_RECORDING, and with what reading it rejects with.
 */
export async function recordedCast(options: RecordedCastOptions, { config: given, report }: RecordedCastContext): Promise<Cast> {
  const { recording: file, rate, rollers = 1, sensor = 'roller' } = options;
  if (rate !== 1) throw new AppError('E_USAGE', 'a roller on the radio has no rate', 'leave --rate out, or play the recording with --source replay');
  if (rollers !== 1) throw new AppError('E_USAGE', `a recording is one roller, not ${rollers}`, 'leave --rollers out');
  if (sensor !== 'roller') throw new AppError('E_USAGE', 'what is in a recorded roller is recorded', 'leave --sensor out');
  const { meta, events, damage } = await readRecording(file);
  if (damage !== null) report(`${file}: ${damage}; what is left is played`);
  const { start, ...judgedBy } = replayConfig(meta, given);
  const sent = events.filter(isLinkEvent);
  createRecordedRoller(sent, file); // says what is wrong with it before the radio starts
  return {
    title: `recording ${file} over the software radio`,
    parts: [{
      createFirmware: () => createRecordedRoller(sent, file),
      station: { kind: 'replay', scenario: null, seed: null, script: scriptOf(events, { ...judgedBy, start }), start, judgedBy },
    }],
  };
}

/** What was said, by the time of the session; the roller begins anew when its last frame has been sent. */
function scriptOf(events: readonly RecordedEvent[], config: PipelineConfig): ScriptOptions {
  const state = createPipeline(config);
  const commands = events.flatMap((event) => {
    stepPipeline(state, event);
    return event.type === 'command' ? [{ tS: sessionTimeS(state.timebase, event.arrivalS) ?? 0, command: event.command }] : [];
  });
  const loopUs = createReel(events.filter(isLinkEvent))?.frames.reduce((sum, { stepUs }) => sum + stepUs, 0) ?? 0;
  return { commands, periodS: loopUs / 1e6 };
}
