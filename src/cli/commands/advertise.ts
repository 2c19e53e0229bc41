import { once } from 'node:events';
import { createVirtualRoller } from '../../../simulators/roller/roller.ts';
import type { RollerFirmware } from '../../../simulators/roller/port.ts';
import { loadConfig } from '../../config.ts';
import { AppError } from '../../errors.ts';
import type { LinkEvent } from '../../link/port.ts';
import { openPeripheral, type PeripheralNews } from '../../peripheral/peripheral.ts';
import { createRecordedRoller } from '../../peripheral/recorded-roller.ts';
import { readRecording } from '../../sessions/reader.ts';
import type { RecordedEvent } from '../../sessions/recording.ts';
import { ownValues, type Invocation, type Run } from '../command.ts';
import { ADVERTISE_FLAGS } from '../flags.ts';
import type { Io } from '../io.ts';
import { scenarioNamed } from '../scenario.ts';

/** Runs until the person interrupts. */
export const run: Run = (invocation, io) => advertise(invocation, io, openPeripheral);

/** The same by another way to the radio. */
export async function advertise(invocation: Invocation, io: Io, open: typeof openPeripheral): Promise<number> {
  const { name, recording } = ownValues(ADVERTISE_FLAGS, invocation);
  const { firmware, plays } = recording === undefined ? virtualRoller(invocation, io) : await recordedRoller(recording, invocation, io);
  const told = (news: PeripheralNews): void => io.out(`${(WORDS[news.type] as (news: PeripheralNews) => string)(news)}\n`);
  const peripheral = await open({ firmware, name, clock: io.clock, signal: io.interrupted, told });
  io.out(`${peripheral.name} is on air at ${peripheral.address} and plays ${plays}; Ctrl-C takes it off\n`);
  if (!io.interrupted.aborted) await once(io.interrupted, 'abort');
  await peripheral.close();
  return 0;
}

interface Played {
  readonly firmware: RollerFirmware;
  /** In words. */
  readonly plays: string;
}

function virtualRoller(invocation: Invocation, io: Io): Played {
  const { scenario: named, seed } = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  const scenario = scenarioNamed(named);
  return { firmware: createVirtualRoller({ scenario, seed, loop: true }), plays: `the scenario ${scenario.name}, seed ${seed}` };
}

const isLinkEvent = (event: RecordedEvent): event is LinkEvent => event.type !== 'command';

async function recordedRoller(file: string, { settings }: Invocation, io: Io): Promise<Played> {
  const other = ['scenario', 'seed'].find((setting) => settings.has(setting));
  if (other !== undefined) throw new AppError('E_USAGE', `a recording is given, and a ${other}`, 'leave one of them out');
  const recording = await readRecording(file);
  if (recording.damage !== null) io.err(`smart-roller: warning: ${file}: ${recording.damage}; played as far as it goes`);
  return { firmware: createRecordedRoller(recording.events.filter(isLinkEvent), file), plays: `${file} in a loop` };
}

const WORDS: { readonly [T in PeripheralNews['type']]: (news: Extract<PeripheralNews, { type: T }>) => string } = {
  connected: ({ address }) => `${address} is connected`,
  disconnected: ({ address }) => `${address} is gone`,
  'adapter-off': () => 'the adapter is off; waiting for it',
  'adapter-on': () => 'the adapter is on again, and so is the roller',
  refused: ({ error }) => error.line,
};
