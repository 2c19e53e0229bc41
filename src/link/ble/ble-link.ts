import { Observable, share } from 'rxjs';
import type { ControlRequest, ControlResponse } from '../../../firmware-protocol/control.ts';
import type { CharacteristicName } from '../../../firmware-protocol/gatt.ts';
import type { Clock } from '../../clock.ts';
import { AppError } from '../../errors.ts';
import type { LinkEvent, RollerLink } from '../port.ts';
import { createBackoff } from './backoff.ts';
import { connect, disconnect, lost, watchConnection } from './connection.ts';
import { createControlPoint, type ControlPoint } from './control-point.ts';
import { answer, pause, within } from './deadline.ts';
import { discover, listen, type Characteristics } from './gatt-session.ts';
import { createLinkStates, STEP_DEADLINE_MS, type Step } from './link-states.ts';
import type { NobleHandle } from './noble.ts';
import type { NobleCharacteristic, NoblePeripheral } from './noble-port.ts';
import { introduce, startStream } from './roller-session.ts';
import { pollRssi, untilSilent, type Pulse } from './streaming.ts';
import { createTarget } from './target.ts';

export interface BleLinkOptions {
  readonly noble: NobleHandle;
  /** Name, address or device id of the roller; null: the first one heard. */
  readonly device: string | null;
  readonly clock: Clock;
  /** Numbers in [0, 1) that spread the pauses between attempts. */
  readonly random?: () => number;
}

/** Characteristics whose notifications and indications become frames. */
const PUSHED: readonly CharacteristicName[] = ['stream', 'status', 'battery', 'control'];
/** A stream that lasted this long is no failed attempt: the next one begins at once. */
const SOUND_STREAM_S = 10;
const GOODBYE_MS = 500;

/** A roller over Bluetooth. It looks for its roller, connects, streams, and does so again after every drop, until it is unsubscribed. */
export function createBleLink(options: BleLinkOptions): RollerLink {
  let control: ControlPoint | null = null;
  const events$ = new Observable<LinkEvent>((subscriber) => {
    const closing = new AbortController();
    const hooks: Hooks = { publish: (event) => subscriber.next(event), controlled: (point) => (control = point) };
    options.noble.finishing(runLink(options, hooks, closing.signal).catch((error: unknown) => subscriber.error(error)));
    return () => closing.abort(lost('the link was closed'));
  });
  return {
    events$: events$.pipe(share()),
    request: (request) => control?.(request) ?? Promise.reject(new AppError('E_NOT_CONNECTED', 'no roller is connected', 'wait until the stream runs')),
  };
}

interface Hooks {
  publish(event: LinkEvent): void;
  /** The way to the roller's control point, null while there is none. */
  controlled(control: ControlPoint | null): void;
}

async function runLink({ noble, device, clock, random = Math.random }: BleLinkOptions, { publish, controlled }: Hooks, closing: AbortSignal): Promise<void> {
  const target = createTarget(device);
  const backoff = createBackoff(random);
  const states = createLinkStates((state, reason) => publish({ type: 'state', state, reason, arrivalS: clock.monotonicS() }));

  const step = <T>(name: Step, parents: readonly AbortSignal[], work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    states.enter(name);
    return within(STEP_DEADLINE_MS[name], name, [closing, ...parents], work);
  };

  while (!closing.aborted) {
    let streamingSinceS: number | null = null;
    try {
      await adapterOn();
      const peripheral = await step('scanning', [], find);
      await useConnection(peripheral, () => (streamingSinceS = clock.monotonicS()));
    } catch (error) {
      if (closing.aborted) break;
      const wasSound = streamingSinceS !== null && clock.monotonicS() - streamingSinceS >= SOUND_STREAM_S;
      states.enter(streamingSinceS === null ? 'waiting' : 'lost', reasonOf(error));
      if (wasSound) backoff.reset();
      else await waitScanning(backoff.nextMs());
    }
  }
  states.enter('closed');

  async function adapterOn(): Promise<void> {
    if (noble.noble._state === 'poweredOn') return;
    states.enter('waiting', 'the Bluetooth adapter is off');
    await answer<[string]>(noble.noble, 'stateChange', closing, () => undefined, (state) => state === 'poweredOn');
  }

  /** Between attempts the scan goes on, so that what is known of the rollers around stays fresh. */
  async function waitScanning(ms: number): Promise<void> {
    const stopListening = noble.scanner.listen(() => undefined);
    await pause(ms, closing).catch(() => undefined);
    stopListening();
  }

  async function find(signal: AbortSignal): Promise<NoblePeripheral> {
    signal.throwIfAborted();
    let stopListening: (() => void) | undefined;
    try {
      return await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        stopListening = noble.scanner.listen((peripheral) => {
          if (target.accepts(peripheral)) resolve(peripheral);
        });
      });
    } finally {
      stopListening?.();
    }
  }

  /** One connection, from the connect until it ends, which it tells by rejecting. */
  async function useConnection(peripheral: NoblePeripheral, streaming: () => void): Promise<void> {
    const connection = watchConnection(noble.noble, peripheral);
    const { gone } = connection;
    const listening: (() => void)[] = [];
    const pulse: Pulse = { lastS: clock.monotonicS(), running: true };
    let characteristics: Characteristics | null = null;

    const heard = (characteristic: CharacteristicName, bytes: Uint8Array): void => {
      const arrivalS = clock.monotonicS();
      if (characteristic === 'stream') pulse.lastS = arrivalS;
      publish({ type: 'frame', characteristic, bytes, arrivalS });
    };

    try {
      await step('connecting', [gone], (signal) => noble.connecting(() => connect(noble.noble, peripheral, signal)));
      const found = await step('discovering', [gone], async (signal) => {
        characteristics = await discover(peripheral, signal);
        const roller = await introduce(peripheral, characteristics, heard, signal);
        if (!target.confirms(peripheral, roller.id)) throw lost(`${roller.name} is another roller (${roller.id})`);
        publish({ type: 'info', roller, arrivalS: clock.monotonicS() });
        return { characteristics, roller };
      });
      for (const name of PUSHED) {
        const characteristic = found.characteristics.get(name);
        if (characteristic) listening.push(listen(characteristic, (bytes) => heard(name, bytes)));
      }
      const control = tellingPulse(createControlPoint(found.characteristics.get('control')!, gone), pulse, clock);
      controlled(control);
      await step('subscribing', [gone], (signal) => startStream(found.characteristics, control, signal));
      states.enter('streaming');
      streaming();
      const newRssi = (rssiDbm: number): void => publish({ type: 'info', roller: { ...found.roller, rssiDbm }, arrivalS: clock.monotonicS() });
      await within(null, 'streaming', [closing, gone], (signal) =>
        Promise.race([untilSilent(pulse, clock, signal), pollRssi(peripheral, newRssi, signal)]));
    } finally {
      controlled(null);
      if (closing.aborted && states.current === 'streaming') await sayGoodbye(characteristics!.get('control')!, gone);
      for (const stop of listening) stop();
      await disconnect(noble.noble, peripheral);
      connection.end(lost('the connection was ended'));
      connection.release();
    }
  }
}

/** A stream that was stopped on purpose is not silent, and one that was started again is expected from now on. */
const tellingPulse = (control: ControlPoint, pulse: Pulse, clock: Clock): ControlPoint => async (request: ControlRequest): Promise<ControlResponse> => {
  const response = await control(request);
  if (response.result === 'success' && request.procedure === 'stop') pulse.running = false;
  if (response.result === 'success' && request.procedure === 'start') Object.assign(pulse, { running: true, lastS: clock.monotonicS() });
  return response;
};

/** Stops the stream before the link is cut; a roller that does not answer is left all the same. */
async function sayGoodbye(control: NobleCharacteristic, gone: AbortSignal): Promise<void> {
  await createControlPoint(control, gone, GOODBYE_MS)({ procedure: 'stop' }).catch(() => undefined);
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
