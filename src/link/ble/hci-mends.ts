import type { Hci, HciBindings } from './hci-bindings.ts';
import type { Noble } from './noble-port.ts';

/** Commands (Core Vol 4 Part E, 7.1.6 and 7.5.4). */
const DISCONNECT = 0x0406;
const READ_RSSI = 0x1405;
const HANDLE_BYTES = 2;
const RSSI_REPLY_BYTES = 3;
/** Error codes (Core Vol 1 Part F). */
const SUCCESS = 0x00;
const UNKNOWN_CONNECTION = 0x02;
const ENDED_HERE = 0x16;
const POLL_MS = 1000;

/** Mends noble's HCI host before it is started; the function returned ends it. */
export function mendHciBindings(noble: Noble, bindings: HciBindings): () => void {
  const hci = bindings._hci;
  const letGo = lettingGo(bindings);
  mendFlush(hci);
  mendPowerOff(bindings, letGo);
  mendDisconnect(bindings, letGo);
  mendRssiReply(hci, letGo);
  mendOnDisconnect(noble, bindings, letGo);
  const stopPolling = ownPoll(hci);
  return () => {
    stopPolling();
    hci._socket.stop();
    hci._socket.removeAllListeners();
  };
}

/** A packet queued for a connection that has just ended makes noble's flush reject with nobody listening, and that ends the process. */
function mendFlush(hci: Hci): void {
  const flush = hci.flushAcl.bind(hci);
  hci.flushAcl = async () => {
    hci._aclQueue = hci._aclQueue.filter(({ handle }) => hci._aclConnections.has(handle));
    await flush().catch(() => undefined);
  };
}

/** Has noble let go of a connection as if the adapter had said that it is over; of one that noble does not know nothing is said. */
type LetGo = (handle: number, reason: number) => void;

function lettingGo({ _hci: hci, _handles: known }: HciBindings): LetGo {
  return (handle, reason) => {
    if (known[handle] === undefined) return;
    hci._aclQueue = hci._aclQueue.filter((queued) => queued.handle !== handle);
    hci._aclConnections.delete(handle);
    hci.emit('disconnComplete', handle, reason);
  };
}

/**
 * An adapter that is asked to end a connection which it has lost already does not say "disconnected": it refuses the command as one about an
 * unknown connection, or (BlueZ's emulator) tells of the end of a handle that is nobody's. noble heeds neither, and prints a warning.
 * Here both end the connection that was asked about.
 */
function mendDisconnect(bindings: HciBindings, letGo: LetGo): void {
  const hci = bindings._hci;
  /** Handles in the order in which they were asked to end: the adapter answers each command, and then tells of the end. */
  const unanswered: number[] = [];
  const ending = new Set<number>();

  const disconnect = hci.disconnect.bind(hci);
  hci.disconnect = (handle, reason) => {
    unanswered.push(handle);
    disconnect(handle, reason);
  };

  const statusCame = hci.processCmdStatusEvent.bind(hci);
  hci.processCmdStatusEvent = (opCode, status) => {
    const handle = opCode === DISCONNECT ? unanswered.shift() : undefined;
    if (handle !== undefined && status === UNKNOWN_CONNECTION) letGo(handle, status);
    else if (handle !== undefined && status === SUCCESS && bindings._handles[handle] !== undefined) ending.add(handle);
    statusCame(opCode, status);
  };

  const ended = bindings.onDisconnComplete.bind(bindings);
  bindings.onDisconnComplete = (handle, reason) => {
    const [meant] = ending;
    ending.delete(handle);
    if (bindings._handles[handle] !== undefined) ended(handle, reason);
    else if (meant !== undefined) letGo(meant, UNKNOWN_CONNECTION);
  };

  bindings.on('stateChange', () => {
    unanswered.length = 0;
    ending.clear();
  });
}

/**
 * An adapter may answer an error to Read RSSI with the status alone; noble reads on past the end and throws. And the answer that the
 * connection is unknown is the end of it.
 */
function mendRssiReply(hci: Hci, letGo: LetGo): void {
  const process = hci.processCmdCompleteEvent.bind(hci);
  hci.processCmdCompleteEvent = (opCode, status, result) => {
    if (opCode !== READ_RSSI || (status === 0 && result.length >= RSSI_REPLY_BYTES)) return process(opCode, status, result);
    if (status === UNKNOWN_CONNECTION && result.length >= HANDLE_BYTES) letGo(result.readUInt16LE(0), UNKNOWN_CONNECTION);
  };
}

/**
 * Where the link says that a peripheral is gone (noble-port.ts), noble's host has to let go of its connection, too: what the adapter
 * says of that one later must not end the next.
 */
function mendOnDisconnect(noble: Noble, bindings: HciBindings, letGo: LetGo): void {
  const told = noble.onDisconnect.bind(noble);
  noble.onDisconnect = (id, reason) => {
    const handle = bindings._handles[id];
    if (typeof handle === 'number') letGo(handle, ENDED_HERE);
    else told(id, reason);
  };
}

/**
 * An adapter that loses its power tells nobody that its connections are over. noble would believe in them for ever, count their packets
 * against the buffers, and queue every later connect behind the one that was pending. (It also prints advice to stdout here; ours is in
 * missing.ts.)
 */
function mendPowerOff(bindings: HciBindings, letGo: LetGo): void {
  const hci = bindings._hci;
  bindings.onStateChange = (state) => {
    if (bindings._state === state) return;
    bindings._state = state;
    bindings.emit('stateChange', state);
    if (state !== 'poweredOff') return;
    hci._aclQueue = [];
    for (const handle of Object.keys(bindings._aclStreams).map(Number)) letGo(handle, ENDED_HERE);
    const pending = bindings._pendingConnectionUuid;
    bindings._pendingConnectionUuid = null;
    if (pending !== null) bindings.emit('connect', pending, new Error('the adapter is off'));
  };
}

/** noble asks every second whether the adapter is up, with a timer that nobody can end. The same, with an end. */
function ownPoll(hci: Hci): () => void {
  const start = [
    'setSocketFilter', 'setEventMask', 'setLeEventMask', 'readLocalVersion', 'writeLeHostSupported', 'readLeHostSupported',
    'readLeBufferSize', 'readBdAddr',
  ] as const;
  const steps = hci as unknown as Record<(typeof start)[number], () => void>;
  let timer: NodeJS.Timeout | undefined;
  hci.pollIsDevUp = () => {
    clearTimeout(timer);
    const isUp = hci._socket.isDevUp();
    if (isUp && !hci._isDevUp && hci._state === 'poweredOff') {
      // It is back: listen anew, which polls again.
      hci._socket.removeAllListeners();
      hci._state = null;
      return hci.init();
    }
    if (isUp && !hci._isDevUp) for (const step of start) steps[step]();
    if (!isUp && hci._isDevUp !== false) hci.emit('stateChange', 'poweredOff');
    hci._isDevUp = isUp;
    timer = setTimeout(() => hci.pollIsDevUp(), POLL_MS);
  };
  return () => clearTimeout(timer);
}
