import { batch, computed, signal } from '@preact/signals';
import type {
  CalibrationMessage,
  ClientMessage,
  CueMessage,
  HelloMessage,
  RollerView,
  ServerMessage,
  SessionMessage,
  SnapshotMessage,
} from '../../server/wire.ts';
import { createBrisk, stepBrisk } from './brisk.ts';
import { createCueInbox, stepCueInbox } from './cue-inbox.ts';
import { freshnessOf } from './freshness.ts';
import { connectCompanion, type CompanionSocket, type SocketPort, type SocketState } from './socket.ts';

/** All that the page knows, as signals. Only this module writes them. */
export const socket = signal<SocketState>({ at: 'connecting' });
export const hello = signal<HelloMessage | null>(null);
export const session = signal<SessionMessage | null>(null);
export const snapshot = signal<SnapshotMessage | null>(null);
/** The same five times a second: digits that change faster cannot be read. */
export const calmSnapshot = signal<SnapshotMessage | null>(null);
/** How each step of calibrating stands, of the roller that is watched. */
export const calibrations = signal<Readonly<Partial<Record<CalibrationMessage['step'], CalibrationMessage>>>>({});
/** A line that shows for some seconds: a cue missed while away, or what the service refused. */
export const notice = signal<string | null>(null);

/** Above the green band for a while. */
export const isBrisk = signal(false);

const snapshotAtMs = signal(0);
/** Steps four times a second, so that ages grow although nothing arrives. */
const nowMs = signal(0);

export const freshness = computed(() =>
  freshnessOf({ socket: socket.value, snapshot: snapshot.value, sinceSnapshotMs: Math.max(0, nowMs.value - snapshotAtMs.value) }),
);
export const isFresh = computed(() => freshness.value.at === 'fresh');
/** Whole seconds until the page tries again; null unless it waits. */
export const retryInS = computed(() =>
  socket.value.at === 'waiting' ? Math.max(1, Math.ceil((socket.value.retryAtMs - nowMs.value) / 1000)) : null,
);

export const sessionState = computed(() => snapshot.value?.session ?? session.value?.state ?? 'idle');
export const roller = computed<RollerView | null>(() => {
  const rollers = hello.value?.rollers ?? [];
  const id = snapshot.value?.roller ?? null;
  return rollers.find((candidate) => candidate.id === id) ?? rollers[0] ?? null;
});

type Listener<T> = (value: T) => void;
const cueListeners = new Set<Listener<{ cue: CueMessage; isLate: boolean }>>();
const snapshotListeners = new Set<Listener<SnapshotMessage>>();

/** Cues, each once; late ones were missed and are told in writing only. */
export const onCue = (listener: Listener<{ cue: CueMessage; isLate: boolean }>): void => void cueListeners.add(listener);
/** Every snapshot, also those that a rendering would skip. */
export const onSnapshot = (listener: Listener<SnapshotMessage>): void => void snapshotListeners.add(listener);

/** A cue that came this long after its time is no longer an order. */
const LATE_S = 2;
const NOTICE_MS = 8_000;
const CLOCK_MS = 250;
const CALM_MS = 190;

const inbox = createCueInbox();
const brisk = createBrisk();
let companion: CompanionSocket | null = null;
let port: SocketPort;
const waitingCues: CueMessage[] = [];
/** A snapshot of this connection has come. */
let isNowKnown = false;
let calmAtMs = Number.NEGATIVE_INFINITY;
let clearNotice = (): void => undefined;

/** Opens the connection, once, for as long as the page lives. */
export function connect(through: SocketPort): void {
  port = through;
  const tick = (): void => {
    nowMs.value = port.nowMs();
    port.later(CLOCK_MS, tick);
  };
  tick();
  companion = connectCompanion(port, { onState: (state) => (socket.value = state), onMessage: take });
}

/** Says something to the companion; it is not kept for later when there is no connection. */
export function say(message: ClientMessage): void {
  if (companion === null || socket.value.at !== 'open') return tell('Not connected: that was not sent');
  companion.send(message);
}

export function tell(text: string): void {
  notice.value = text;
  clearNotice();
  clearNotice = port.later(NOTICE_MS, () => (notice.value = null));
}

function take(message: ServerMessage): void {
  const action = stepCueInbox(inbox, message);
  if (action.do === 'resume') companion?.send({ type: 'resume', afterSeq: action.afterSeq });
  if (action.do === 'tell') waitingCues.push(action.cue);
  switch (message.type) {
    case 'hello':
      if (message.station !== hello.value?.station) calibrations.value = {};
      hello.value = message;
      isNowKnown = false;
      return;
    case 'session':
      session.value = message;
      return;
    case 'snapshot':
      batch(() => {
        nowMs.value = snapshotAtMs.value = port.nowMs();
        snapshot.value = message;
        isBrisk.value = stepBrisk(brisk, message);
        if (nowMs.value - calmAtMs >= CALM_MS || message.session !== calmSnapshot.value?.session) {
          calmSnapshot.value = message;
          calmAtMs = nowMs.value;
        }
      });
      isNowKnown = true;
      tellWaitingCues(message.tS);
      for (const listener of snapshotListeners) listener(message);
      return;
    case 'calibration':
      calibrations.value = { ...calibrations.value, [message.step]: message };
      return;
    // Of use to pages that choose a roller or play a recording; the live view shows what comes of it in snapshots.
    case 'air':
    case 'playback':
    case 'timeline':
      return;
    case 'error':
      tell(message.message);
      return;
    case 'cue':
      if (isNowKnown) tellWaitingCues(snapshot.value?.tS ?? message.tS);
      return;
  }
}

/** Only a snapshot of this connection tells how late a cue is: until there is one, cues wait. */
function tellWaitingCues(nowS: number): void {
  for (const cue of waitingCues.splice(0)) {
    for (const listener of cueListeners) listener({ cue, isLate: nowS - cue.tS > LATE_S });
  }
}
