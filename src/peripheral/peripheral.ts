import process from 'node:process';
import type { RollerFirmware } from '../../simulators/roller/port.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { answer, within } from '../link/ble/deadline.ts';
import type { HciSocket } from '../link/ble/noble-port.ts';
import { advertisement, fittingName, scanResponse } from './advertising.ts';
import { loadBleno, type Bleno } from './bleno.ts';
import { nameDevice, startMended } from './bleno-mends.ts';
import type { BlenoBindings } from './bleno-port.ts';
import { createGattServer } from './gatt-server.ts';
import { cannotAdvertise } from './missing.ts';
import { createPump } from './pump.ts';

export interface PeripheralOptions {
  readonly firmware: RollerFirmware;
  readonly clock: Clock;
  /** Told in the scan response, at most 29 bytes; the firmware's own name unless given. */
  readonly name?: string | undefined;
  /** Another socket than the adapter's; with it nothing native is loaded, on any system. */
  readonly hciSocket?: HciSocket | undefined;
  /** Ends the waiting for the adapter. */
  readonly signal?: AbortSignal | undefined;
  readonly told?: ((news: PeripheralNews) => void) | undefined;
}

/** What happens to a roller on air. `address` is the client's. */
export type PeripheralNews =
  | { readonly type: 'connected'; readonly address: string }
  | { readonly type: 'disconnected'; readonly address: string }
  | { readonly type: 'adapter-off' }
  | { readonly type: 'adapter-on' }
  | { readonly type: 'refused'; readonly error: AppError };

/** A roller on air. */
export interface Peripheral {
  readonly name: string;
  /** Radio address of the adapter. */
  readonly address: string;
  /** Takes it off the air: no advertising, connection, timer or listener is left. */
  close(): Promise<void>;
}

/** An adapter that is there answers within a few ms. */
const START_MS = 3000;
const STOP_MS = 1000;
/** MTU of a connection until it is negotiated (Core Vol 3 Part G, 5.2.1). bleno does not tell that a new connection begins with it. */
const DEFAULT_MTU = 23;
/** What may wait for the air: two and a half seconds of the longest frames, 50 a second. bleno's own queue has no end. */
const QUEUE_BYTES = 125 * 251;

/**
 * Puts a firmware on air over this machine's Bluetooth adapter, by bleno. Rejects with E_BLUETOOTH, which says what is missing and what
 * to do, or with the reason of the signal.
 */
export async function openPeripheral(options: PeripheralOptions): Promise<Peripheral> {
  const { firmware, clock, hciSocket, signal = new AbortController().signal, told = () => undefined } = options;
  const name = fittingName(options.name ?? firmware.name);
  const { bindings, classes } = load(hciSocket);
  let mtu = DEFAULT_MTU;

  const server = createGattServer(classes, {
    read: (characteristic) => firmware.read(characteristic),
    control: (request) => firmware.control(request, mtu, pump.run()),
    answered: () => pump.schedule(),
    hasRoom: () => bindings._hci._aclOutQueue.length * bindings._hci._aclMtu < QUEUE_BYTES,
  });
  const pump = createPump(firmware, clock, ({ characteristic, bytes }) => server.push(characteristic, bytes));

  bindings.on('accept', (address: string) => {
    mtu = DEFAULT_MTU;
    told({ type: 'connected', address });
  });
  bindings.on('mtuChange', (negotiated: number) => (mtu = negotiated));
  bindings.on('disconnect', (address: string) => {
    server.reset();
    firmware.disconnected();
    pump.schedule();
    told({ type: 'disconnected', address });
  });

  const advertise = (ending: AbortSignal): Promise<void> => startAdvertising(bindings, name, ending);
  const closing = new AbortController();
  const returned = (): Promise<void> =>
    advertise(closing.signal).then(
      () => told({ type: 'adapter-on' }),
      (error: unknown) => error instanceof AppError && told({ type: 'refused', error }),
    ).then(() => undefined);

  let end = (): void => undefined;
  const start = async (ending: AbortSignal): Promise<void> => {
    // It may say its state at once, before `init` is over: listen first.
    const [state] = await answer<[State]>(bindings, 'stateChange', ending, () => (end = startMended(bindings)), isFinal);
    if (state !== 'poweredOn') throw cannotAdvertise(state);
    bindings.setServices(server.services);
    nameDevice(bindings._gatt, name);
    await advertise(ending);
  };
  try {
    await starting(bindings, signal, start);
  } catch (error) {
    end();
    throw error;
  }
  bindings.on('stateChange', (state: string) => {
    if (state === 'poweredOn') void returned();
    else if (state === 'poweredOff') told({ type: 'adapter-off' });
  });

  return {
    name,
    address: bindings._hci.address ?? '',
    close: async () => {
      closing.abort(new Error('closed'));
      pump.stop();
      await takeOff(bindings);
      end();
    },
  };
}

function load(hciSocket: HciSocket | undefined): Bleno {
  if (!hciSocket && process.platform !== 'linux') throw cannotAdvertise('not-linux');
  try {
    return loadBleno(hciSocket);
  } catch (error) {
    throw cannotAdvertise('unloadable', error);
  }
}

type State = 'poweredOn' | 'unauthorized' | 'unsupported';

/** An adapter that is off may still come up within the deadline. */
const isFinal = (state: string): state is State => state !== 'poweredOff';

/** Starts under a deadline, and says what was missing where it passes. */
async function starting(bindings: BlenoBindings, signal: AbortSignal, start: (ending: AbortSignal) => Promise<void>): Promise<void> {
  let socketError: Error | undefined;
  const failed = (error: Error): void => void (socketError ??= error);
  bindings.on('socketError', failed);
  try {
    await within(START_MS, 'starting Bluetooth', [signal], start);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'E_LINK_TIMEOUT') throw error;
    throw cannotAdvertise(bindings._state === 'poweredOn' ? 'silent' : 'off', socketError);
  } finally {
    bindings.removeListener('socketError', failed);
  }
}

async function startAdvertising(bindings: BlenoBindings, name: string, signal: AbortSignal): Promise<void> {
  const [error] = await answer<[Error | null]>(bindings, 'advertisingStart', signal, () =>
    bindings.startAdvertisingWithEIRData(advertisement(), scanResponse(name)));
  if (error) throw cannotAdvertise('refused', error);
}

/** Advertising first: bleno begins it anew after a connection. An adapter that is gone answers nothing. */
async function takeOff(bindings: BlenoBindings): Promise<void> {
  const wait = (event: string, ask: () => void): Promise<unknown> =>
    within(STOP_MS, event, [], (signal) => answer(bindings, event, signal, ask)).catch(() => undefined);
  if (bindings._state !== 'poweredOn') return;
  await wait('advertisingStop', () => bindings.stopAdvertising());
  if (bindings._handle !== null) await wait('disconnect', () => bindings.disconnect());
}
