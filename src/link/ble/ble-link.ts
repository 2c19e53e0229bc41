import { Observable, share } from 'rxjs';
import type { Clock } from '../../clock.ts';
import { AppError } from '../../errors.ts';
import type { Mounting } from '../drivers/driver.ts';
import { driverOf } from '../drivers/drivers.ts';
import { USUAL_MOUNTING } from '../drivers/mounting.ts';
import type { LinkEvent, RollerLink } from '../port.ts';
import { createBackoff } from './backoff.ts';
import { lost } from './connection.ts';
import type { ControlPoint } from './control-point.ts';
import { answer, pause, within } from './deadline.ts';
import { comesBack, findPeripheral } from './hearing.ts';
import { createLinkStates, STEP_DEADLINE_MS } from './link-states.ts';
import type { NobleHandle } from './noble.ts';
import { isAdapterOn } from './noble-port.ts';
import { runSession, type RunStep } from './session.ts';
import { createTarget, type RollerMemory } from './target.ts';

export interface BleLinkOptions {
  readonly noble: NobleHandle;
  /** Name, address or device id of the roller; null: the first one heard. */
  readonly device: string | null;
  readonly clock: Clock;
  /** Rollers met before: one of them is preferred to a stranger. */
  readonly memory?: RollerMemory | undefined;
  /** How a sensor that does not know sits in its roller. */
  readonly mounting?: Mounting | undefined;
  /** Numbers in [0, 1) that spread the pauses between attempts. */
  readonly random?: () => number;
}

interface Outlets {
  readonly publish: (event: LinkEvent) => void;
  readonly controlled: (control: ControlPoint | null) => void;
}

/** After a stream that lasted this long the next attempt begins at once; after a shorter one, which is no failed connect either, soon. */
const SOUND_STREAM_S = 10;

/**
 * A roller over Bluetooth. It looks for its roller, connects, streams, and does so again after every drop, until it is unsubscribed; then
 * it stops the stream and disconnects (the noble handle's `close` waits for that).
 */
export function createBleLink(options: BleLinkOptions): RollerLink {
  let control: ControlPoint | null = null;
  const events$ = new Observable<LinkEvent>((subscriber) => {
    const closing = new AbortController();
    const outlets: Outlets = { publish: (event) => subscriber.next(event), controlled: (point) => (control = point) };
    options.noble.finishing(runLink(options, outlets, closing.signal).catch((error: unknown) => subscriber.error(error)));
    return () => closing.abort(lost('the link was closed'));
  });
  return { events$: events$.pipe(share()), request: (request) => control?.(request) ?? Promise.reject(notConnected()) };
}

const notConnected = (): AppError => new AppError('E_NOT_CONNECTED', 'no roller is connected', 'wait until the stream runs');

/** Attempt after attempt, until it is closed. */
async function runLink(options: BleLinkOptions, { publish, controlled }: Outlets, closing: AbortSignal): Promise<void> {
  const { noble, device, clock, memory, mounting = USUAL_MOUNTING, random = Math.random } = options;
  const target = createTarget(device, { claims: noble.claims, memory });
  const backoff = createBackoff(random);
  const states = createLinkStates((state, reason) => publish({ type: 'state', state, reason, arrivalS: clock.monotonicS() }));

  const step: RunStep = (name, parents, work) => {
    states.enter(name);
    return within(STEP_DEADLINE_MS[name], name, [closing, ...parents], work);
  };

  const adapterOn = async (): Promise<void> => {
    if (isAdapterOn(noble.noble)) return;
    states.enter('waiting', 'the Bluetooth adapter is off');
    await unlessClosed(answer<[string]>(noble.noble, 'stateChange', closing, () => undefined, (state) => state === 'poweredOn'));
  };

  /** A pause, unless the roller was away and is heard again. */
  const pauseBeforeRetry = (ms: number): Promise<void> =>
    within(null, 'waiting', [closing], (signal) => Promise.race([pause(ms, signal), comesBack(noble.scanner, target, signal)]));
  /** It begins with the failure: until a dead connection is over some seconds pass, in which the roller may come back. */
  let retryDue: Promise<unknown> = Promise.resolve();

  let streamingSinceS: number | null = null;
  const streaming = (): void => {
    streamingSinceS = clock.monotonicS();
    states.enter('streaming');
  };
  const ended = (reason: unknown): void => {
    if (closing.aborted) return;
    if (streamingSinceS !== null) backoff.worked(clock.monotonicS() - streamingSinceS >= SOUND_STREAM_S);
    states.enter(streamingSinceS === null ? 'waiting' : 'lost', reason instanceof Error ? reason.message : String(reason));
    streamingSinceS = null;
    if (isAdapterOn(noble.noble)) retryDue = unlessClosed(pauseBeforeRetry(backoff.nextMs()));
  };

  try {
    while (!closing.aborted) {
      await adapterOn();
      const peripheral = await unlessClosed(step('scanning', [], (signal) => findPeripheral(noble.scanner, target, signal)));
      const driver = peripheral && driverOf(peripheral.advertisement);
      if (!peripheral || !driver) break;
      await runSession(peripheral, { noble, target, driver, mounting, clock, step, publish, controlled, streaming, ended, closing });
      if (isAdapterOn(noble.noble)) await retryDue;
    }
  } finally {
    target.release();
  }
  states.enter('closed');
}

/** For work that is only ever rejected because the link is being closed. */
const unlessClosed = <T>(work: Promise<T>): Promise<T | null> => work.catch(() => null);
