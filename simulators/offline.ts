import type { LinkEvent, LinkState } from '../src/link/port.ts';
import { decodeResponse, encodeRequest } from '../firmware-protocol/control.ts';
import { unreliable } from './faults/link-faults.ts';
import { createRandom } from './random.ts';
import { createDeviceClock } from './roller/device-clock.ts';
import { FIRMWARE_VERSION, identityOf, MANUFACTURER, MODEL } from './roller/identity.ts';
import { createVirtualRoller } from './roller/roller.ts';
import { createTruth, type Truth } from './roller/truth.ts';
import { groupAt, personOf, type DueKind, type Scenario, type ScriptedCommand } from './scenarios/scenario.ts';
import type { MuscleGroup } from '../src/guide/groups.ts';

/** What a link would have delivered, what the person did, and beside it the truth. */
export type SimulatedEvent =
  | LinkEvent
  | { readonly type: 'command'; readonly command: ScriptedCommand; readonly arrivalS: number }
  | ({ readonly type: 'truth' } & Truth)
  | { readonly type: 'truth-cue'; readonly tS: number; readonly kind: DueKind; readonly level: 1 | 2; readonly group: MuscleGroup };

export interface SimulateOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Scenario time to simulate; after the end of the scenario the roller lies still. */
  readonly seconds: number;
}

/** What connecting takes, s since power on (estimates; a real link is alike). */
const CONNECTING: readonly (readonly [state: LinkState, atS: number])[] = [
  ['scanning', 0],
  ['connecting', 0.35],
  ['discovering', 0.6],
  ['subscribing', 0.9],
];
const START_S = 1;
const MTU = 247;
/** From due to arrived: half a connection interval and a host that is now and then late (estimates). */
const LATENCY = { shortestS: 0.002, spreadS: 0.003 } as const;
const TICK_S = 0.1;

/**
 * Runs a virtual roller as fast as possible, without a radio: the events in the order of their arrival, the truth after the
 * frames of its time. The same scenario and seed give the same bytes and times.
 */
export function simulate(options: SimulateOptions): Generator<SimulatedEvent> {
  const { scenario, seed } = options;
  return scenario.link === null ? perfect(options) : unreliable(perfect(options), scenario.link, seed);
}

function* perfect({ scenario, seed, seconds }: SimulateOptions): Generator<SimulatedEvent> {
  const firmware = createVirtualRoller({ scenario, seed });
  const clock = createDeviceClock(seed, scenario.sensors.clockPpm);
  const nextTruth = createTruth(scenario, personOf(scenario, seed), seed);
  const random = createRandom(seed, 'arrival');
  let lastS = 0;
  const arrive = (dueS: number): number => (lastS = Math.max(lastS, dueS + LATENCY.shortestS + LATENCY.spreadS * Math.abs(random.gauss())));

  for (const [state, atS] of CONNECTING) {
    yield { type: 'state', state, reason: null, arrivalS: arrive(atS) };
    if (state === 'discovering') yield* introduce(firmware.name);
  }
  const commands = scenario.commands.toSorted((a, b) => a.tS - b.tS);
  const cues = scenario.due.cues.filter(({ open }) => !open).toSorted((a, b) => a.tS - b.tS);
  yield* commandsUntil(0, START_S);

  const response = decodeResponse(firmware.control(encodeRequest({ procedure: 'start' }), MTU, START_S));
  if (!response.ok || response.value.result !== 'success') throw new Error('the virtual roller refused to start');
  yield { type: 'state', state: 'streaming', reason: null, arrivalS: arrive(START_S) };

  const hostS = (tS: number): number => clock.nowS(clock.deviceS(START_S) + tS);
  for (let tick = 1; tick <= Math.round(seconds / TICK_S); tick++) {
    const tS = tick / 10;
    yield* commandsUntil(tS - TICK_S, hostS(tS - TICK_S));
    for (const { characteristic, bytes, dueS } of firmware.advance(hostS(tS))) {
      yield { type: 'frame', characteristic, bytes, arrivalS: arrive(dueS) };
    }
    while (cues[0] !== undefined && cues[0].tS <= tS) {
      const { tS: cueS, kind, level } = cues.shift()!;
      yield { type: 'truth-cue', tS: cueS, kind, level, group: groupAt(scenario, cueS) };
    }
    yield { type: 'truth', ...nextTruth() };
  }
  yield* commandsUntil(seconds, hostS(seconds));

  function* introduce(name: string): Generator<SimulatedEvent> {
    const { id } = identityOf(seed);
    const roller = { id, name, address: null, rssiDbm: null, manufacturer: MANUFACTURER, model: MODEL, firmware: FIRMWARE_VERSION, driver: 'roller-v1' };
    yield { type: 'info', roller, arrivalS: arrive(lastS) };
    for (const characteristic of ['info', 'status', 'battery'] as const) {
      yield { type: 'frame', characteristic, bytes: firmware.read(characteristic), arrivalS: arrive(lastS) };
    }
  }

  function* commandsUntil(tS: number, nowS: number): Generator<SimulatedEvent> {
    while (commands[0] !== undefined && commands[0].tS <= tS + 1e-9) {
      yield { type: 'command', command: commands.shift()!.command, arrivalS: arrive(nowS) };
    }
  }
}
