import type { RecordedEvent, Recording, RecordingMeta } from '../../src/sessions/recording.ts';
import { simulatedInputs } from '../support/simulated-inputs.ts';
import { META } from './samples.ts';

/** A simulated session as its recording would be read, with commands of one's own put in between. */
export function simulated(scenario: string, seconds: number, { seed = 1, commands = [], meta = {} }: Options = {}): Recording {
  const given = simulatedInputs(scenario, { seed, seconds });
  const firstS = given.find((event) => event.type === 'frame' && event.characteristic === 'stream')?.arrivalS ?? 0;
  const added = commands.map(({ tS, command }): RecordedEvent => ({ type: 'command', command, arrivalS: firstS + tS }));
  const events = [...given, ...added].toSorted((a, b) => a.arrivalS - b.arrivalS);
  return { meta: { ...META, ...meta }, events, truth: { ticks: [], cues: [] }, damage: null, messages: events.length };
}

type Commanded = Extract<RecordedEvent, { type: 'command' }>['command'];

interface Options {
  readonly seed?: number;
  /** By session time. */
  readonly commands?: readonly { readonly tS: number; readonly command: Commanded }[];
  readonly meta?: Partial<RecordingMeta>;
}
