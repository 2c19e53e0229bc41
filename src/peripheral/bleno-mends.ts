import process from 'node:process';
import type { BlenoBindings, BlenoGatt, BlenoHci } from './bleno-port.ts';

/** Errors of ATT (Core Vol 3 Part F, 3.4.1.1). */
const INVALID_PDU = 0x04;
const REQUEST_NOT_SUPPORTED = 0x06;
const COMMAND_BIT = 0x40;
const PREPARE_WRITE = 0x16;
const EXECUTE_WRITE = 0x18;

const EPERM = 1;
const POLL_MS = 1000;
/** Characteristic Device Name of the service that bleno adds by itself. */
const DEVICE_NAME = '2a00';

/**
 * Starts bleno with its faults mended; the function returned ends it. What bleno 0.6.2 does wrong:
 * a malformed packet of a stranger throws, and that ends the process; it polls the adapter for ever; connections outlive the adapter's
 * power; a permission that lacks is not recognised, and a socket that cannot be opened may throw; handle 0 is taken for no connection;
 * SIGINT ends the process.
 */
export function startMended(bindings: BlenoBindings): () => void {
  const hci = bindings._hci;
  mendPackets(hci);
  mendRequests(bindings._gatt);
  mendStates(bindings);
  mendErrors(bindings);
  bindings.disconnect = () => {
    if (bindings._handle !== null) hci.disconnect(bindings._handle);
  };
  const stopPolling = ownPoll(hci);

  const atExit = new Set(process.listeners('exit'));
  bindings.init();
  // Shutting down is the program's business. What is left tells the adapter where the program crashes.
  process.removeListener('SIGINT', bindings.onSigIntBinded);
  const added = process.listeners('exit').filter((listener) => !atExit.has(listener));
  return () => {
    stopPolling();
    for (const listener of added) process.removeListener('exit', listener);
    hci._socket.stop();
    hci._socket.removeAllListeners();
    bindings.removeAllListeners();
  };
}

/** What comes over the air is never fatal: bleno reads on past the end of a short packet, and keeps one that is too long for ever. */
function mendPackets(hci: BlenoHci): void {
  const take = hci.onSocketData.bind(hci);
  hci.onSocketData = (packet) => {
    try {
      take(packet);
    } catch {
      return;
    }
    for (const handle in hci._handleBuffers) {
      const { data, length } = hci._handleBuffers[handle]!;
      if (data.length > length) delete hci._handleBuffers[handle];
    }
  };
}

/**
 * bleno answers whatever it does not know, also what is itself an answer or a command, and puts prepared writes together without an
 * end. Every value written to a roller fits one request.
 */
function mendRequests(gatt: BlenoGatt): void {
  const handle = gatt.handleRequest.bind(gatt);
  gatt.handleRequest = (pdu) => {
    const opCode = pdu[0];
    const isConfirmationOrRequest = opCode !== undefined && opCode % 2 === 0 && (opCode & COMMAND_BIT) === 0;
    if (!isConfirmationOrRequest) return;
    if (opCode === PREPARE_WRITE || opCode === EXECUTE_WRITE) return gatt.send(gatt.errorResponse(opCode, 0, REQUEST_NOT_SUPPORTED));
    try {
      handle(pdu);
    } catch {
      gatt.send(gatt.errorResponse(opCode, 0, INVALID_PDU));
    }
  };
}

/** States without words on stdout; with the power the connection goes. */
function mendStates(bindings: BlenoBindings): void {
  const hci = bindings._hci;
  bindings.onStateChange = (state) => {
    if (bindings._state === state) return;
    bindings._state = state;
    if (state === 'poweredOff' && bindings._handle !== null) hci.onSocketData(disconnectionComplete(bindings._handle));
    bindings.emit('stateChange', state);
  };
}

/** What the socket throws is told as what it emits. The prebuilt one tells the number of an error and no name. */
function mendErrors(bindings: BlenoBindings): void {
  const hci = bindings._hci;
  const init = hci.init.bind(hci);
  hci.init = () => {
    try {
      init();
    } catch (error) {
      hci.onSocketError(error as NodeJS.ErrnoException);
    }
  };
  hci.onSocketError = (error) => {
    if (error.code === 'EPERM' || error.errno === EPERM) hci.emit('stateChange', 'unauthorized');
    else bindings.emit('socketError', error);
  };
}

/** The event by which an adapter says that a connection was ended here (Core Vol 4 Part E, 7.7.5). */
const disconnectionComplete = (handle: number): Buffer => Buffer.of(0x04, 0x05, 0x04, 0x00, handle & 0xff, handle >> 8, 0x16);

/** bleno asks every second whether the adapter is up, with a timer that nobody can end. The same, with an end. */
function ownPoll(hci: BlenoHci): () => void {
  let timer: NodeJS.Timeout | undefined;
  hci.pollIsDevUp = () => {
    const isUp = hci._socket.isDevUp();
    const changed = isUp !== hci._isDevUp;
    hci._isDevUp = isUp;
    timer = setTimeout(() => hci.pollIsDevUp(), POLL_MS);
    if (changed && isUp) {
      hci.setSocketFilter();
      hci.initDev();
    } else if (changed) {
      hci.emit('stateChange', 'poweredOff');
    }
  };
  return () => clearTimeout(timer);
}

/** bleno tells the name of the machine to whoever connects; the roller's own is told instead. To be called after `setServices`. */
export function nameDevice({ _handles: handles }: BlenoGatt, name: string): void {
  const declaration = handles.findIndex((attribute) => attribute?.uuid === DEVICE_NAME);
  handles[declaration + 1]!.value = Buffer.from(name);
}
