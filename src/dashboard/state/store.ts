import { batch, computed, signal } from '@preact/signals';
import type {
  AirRoller,
  CalibrationMessage,
  ClientMessage,
  CueMessage,
  HelloMessage,
  PlaybackMessage,
  RollerView,
  ServerMessage,
  SessionMessage,
  SnapshotMessage,
  TimelineMessage,
} from '../../server/wire.ts';
import { createBrisk, stepBrisk } from './brisk.ts';
import { createCueInbox, stepCueInbox } from './cue-inbox.ts';
import { freshnessOf } from './freshness.ts';
import { isJump, type Moment } from './jump.ts';
import { refusalText } from './refusal-text.ts';
import { connectCompanion, type CompanionSocket, type SocketPort, type SocketState } from './socket.ts';
import { watchedIn } from './standing.ts';
import { tellingOf, type Telling } from './telling.ts';

/** All that the page knows, as signals. Only this module writes them. */
export const socket = signal<SocketState>({ at: 'connecting' });
export const hello = signal<HelloMessage | null>(null);
export const session = signal<SessionMessage | null>(null);
export const snapshot = signal<SnapshotMessage | null>(null);
/** The same five times a second: digits that change faster cannot be read. */
export const calmSnapshot = signal<SnapshotMessage | null>(null);
/** How each step of calibrating stands, of the roller that is watched. */
export const calibrations = signal<Readonly<Partial<Record<CalibrationMessage['step'], CalibrationMessage>>>>({});
/** Who was in the air when somebody looked around last; null until then. */
export const air = signal<readonly AirRoller[] | null>(null);
/** How a recording is played, and its marks; null of a roller that is there. */
export const playback = signal<PlaybackMessage | null>(null);
export const timeline = signal<TimelineMessage | null>(null);
/** Counts the times that session time has leapt: what was drawn before is of another place. */
export const jumps = signal(0);
/** A line that shows for some seconds: a cue missed while away, or what the service refused. */
export const notice = signal<string | null>(null);

/** Above the green band for a while. */
export const isBrisk = signal(false);

export const snapshotAtMs = signal(0);
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
/** The one that is watched. */
export const roller = computed<RollerView | null>(() => watchedIn(hello.value));
export const isReplay = computed(() => playback.value !== null || hello.value?.source === 'replay');

type Listener<T> = (value: T) => void;
export interface ToldCue {
  readonly cue: CueMessage;
  readonly telling: Telling;
}
const cueListeners = new Set<Listener<ToldCue>>();
const snapshotListeners = new Set<Listener<SnapshotMessage>>();
const refusalListeners = new Set<Listener<string>>();

/** Cues, each once, and how each is to be told. */
export const onCue = (listener: Listener<ToldCue>): void => void cueListeners.add(listener);
/** Every snapshot, also those that a rendering would skip. */
export const onSnapshot = (listener: Listener<SnapshotMessage>): void => void snapshotListeners.add(listener);
/** Something that was said could not be carried out: its code; why, a notice tells. */
export const onRefusal = (listener: Listener<string>): void => void refusalListeners.add(listener);

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
let lastMoment: Moment | null = null;
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
      greet(message);
      return;
    case 'session':
      session.value = message;
      return;
    case 'snapshot':
      show(message);
      return;
    case 'calibration':
      calibrations.value = { ...calibrations.value, [message.step]: message };
      return;
    case 'air':
      air.value = message.rollers;
      return;
    case 'playback':
      playback.value = message;
      return;
    case 'timeline':
      timeline.value = message;
      return;
    case 'error':
      tell(refusalText(message));
      for (const listener of refusalListeners) listener(message.code);
      return;
    case 'cue':
      if (isNowKnown) tellWaitingCues(snapshot.value?.tS ?? message.tS);
      return;
  }
}

/** Another station has cues, calibrations and a path of its own. */
function greet(message: HelloMessage): void {
  batch(() => {
    if (hello.value !== null && message.station !== hello.value.station) {
      calibrations.value = {};
      waitingCues.length = 0;
      jump();
    }
    if (message.source !== 'replay') playback.value = timeline.value = null;
    hello.value = message;
  });
  isNowKnown = false;
}

function show(message: SnapshotMessage): void {
  const atMs = port.nowMs();
  batch(() => {
    const now = { tS: message.tS, atMs };
    if (playback.value !== null && isJump(lastMoment, now, playback.value.rate)) jump();
    lastMoment = now;
    nowMs.value = snapshotAtMs.value = atMs;
    snapshot.value = message;
    isBrisk.value = stepBrisk(brisk, message);
    if (atMs - calmAtMs >= CALM_MS || message.session !== calmSnapshot.value?.session) {
      calmSnapshot.value = message;
      calmAtMs = atMs;
    }
  });
  isNowKnown = true;
  tellWaitingCues(message.tS);
  for (const listener of snapshotListeners) listener(message);
}

/** What was drawn and felt until now does not lead to what comes. */
function jump(): void {
  jumps.value++;
  lastMoment = null;
  calmAtMs = Number.NEGATIVE_INFINITY;
  Object.assign(brisk, createBrisk());
}

/** Only a snapshot of this connection tells how late a cue is: until there is one, cues wait. */
function tellWaitingCues(nowS: number): void {
  const rate = playback.value?.rate ?? null;
  for (const cue of waitingCues.splice(0)) {
    for (const listener of cueListeners) listener({ cue, telling: tellingOf(cue, nowS, rate) });
  }
}
