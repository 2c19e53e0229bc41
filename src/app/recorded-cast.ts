import { AppError } from '../errors.ts';
import type { LinkEvent } from '../link/port.ts';
import { sessionTimeS } from '../motion/timebase.ts';
import { createRecordedRoller } from '../peripheral/recorded-roller.ts';
import { createReel, type ReelFrame } from '../peripheral/reel.ts';
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

/** What was said, by the time of the reel; the roller begins anew when its last frame has been sent. */
function scriptOf(events: readonly RecordedEvent[], config: PipelineConfig): ScriptOptions {
  const { places, periodS } = placesOf(createReel(events.filter(isLinkEvent))?.frames ?? []);
  const state = createPipeline(config);
  /** What the reel has left out of the session so far, and when its next frame begins. */
  let [cutS, nextS] = [0, 0];
  const commands = events.flatMap((event) => {
    stepPipeline(state, event);
    if (event.type === 'command') {
      const tS = (sessionTimeS(state.timebase, event.arrivalS) ?? 0) - cutS;
      return [{ tS: Math.min(Math.max(0, tS), nextS), command: event.command }];
    }
    const place = places.get(event);
    if (place !== undefined) [cutS, nextS] = [state.timebase.lastS - place.startS, place.endS];
    return [];
  });
  return { commands, periodS };
}

/** When each frame of a reel begins, and the next one. */
function placesOf(frames: readonly ReelFrame[]): { places: ReadonlyMap<LinkEvent, { startS: number; endS: number }>; periodS: number } {
  let startUs = 0;
  const places = frames.map(({ event }, index): [LinkEvent, { startS: number; endS: number }] => {
    const endUs = startUs + frames[(index + 1) % frames.length]!.stepUs;
    const place = { startS: startUs / 1e6, endS: endUs / 1e6 };
    startUs = endUs;
    return [event, place];
  });
  return { places: new Map(places), periodS: startUs / 1e6 };
}
