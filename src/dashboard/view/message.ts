import { CALM_WORDS, filled, reasonOf } from '../../guide/cue-words.ts';
import { GROUPS } from '../../guide/groups.ts';
import type { SnapshotMessage } from '../../server/wire.ts';
import type { Freshness } from '../state/freshness.ts';
import { toneOf, wordsOf, type CueKind, type IconName, type Level, type Tone } from './words.ts';

/** The one thing the screen says: a word, an icon of its own shape, a line of reason, and the colour of it all. */
export interface Message {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
  readonly reason: string;
}

export interface MessageInput {
  readonly freshness: Freshness;
  readonly snapshot: SnapshotMessage | null;
  readonly retryInS: number | null;
  /** Above the green band for a while, though nothing is to be said. */
  readonly isBrisk: boolean;
}

/** Never two messages: what cannot be trusted comes first, then what the session waits for, then how the rolling goes. */
export function messageFor({ freshness, snapshot, retryInS, isBrisk }: MessageInput): Message {
  if (snapshot?.session === 'safety-stop') return cueMessage(snapshot, 'safety-stop', 2) ?? offline(snapshot, retryInS);
  if (snapshot === null || freshness.at === 'gone') return offline(snapshot, retryInS);
  if (freshness.at === 'unlinked') return unlinked(snapshot);
  if (freshness.at === 'old') return silent(snapshot, freshness.ageMs);
  if (snapshot.session === 'running') return rolling(snapshot, isBrisk);
  return AT_REST[snapshot.session](snapshot);
}

interface Words {
  readonly word: string;
  readonly reason: string;
}
const quiet = (icon: IconName, { word, reason }: Words): Message => ({ tone: 'quiet', icon, word, reason });
const good = (icon: IconName, { word, reason }: Words): Message => ({ tone: 'good', icon, word, reason });

const IN_POSITION: Words = { word: 'Ready?', reason: 'Start when you are in position' };

type AtRest = Exclude<SnapshotMessage['session'], 'running' | 'safety-stop'>;
const AT_REST: Readonly<Record<AtRest, (snapshot: SnapshotMessage) => Message>> = {
  idle: ({ group }) => quiet('body', group === 'unknown' ? CALM_WORDS.welcome : IN_POSITION),
  ready: () => quiet('ready', CALM_WORDS.ready),
  paused: () => quiet('pause', CALM_WORDS.paused),
  stopped: () => quiet('check', CALM_WORDS.finished),
};

function rolling(snapshot: SnapshotMessage, isBrisk: boolean): Message {
  const { cue, active, relieved, contact, group, hold } = snapshot;
  const isHeeded = cue !== null && relieved;
  const told = isHeeded ? otherFault(snapshot, cue.kind) : (cue ?? active.find(({ kind, level }) => level === 0 && wordsOf(kind, 0) !== null));
  const message = told === undefined ? null : cueMessage(snapshot, told.kind, told.level);
  if (message !== null) return message;
  if (isHeeded) return good('check', CALM_WORDS.relieved);
  if (!contact) return resting(snapshot) ?? quiet('ready', CALM_WORDS.away);
  if (hold !== null) return holding(snapshot, hold);
  if (isBrisk && snapshot.rhythm === null) return { tone: 'hint', icon: 'slower', ...CALM_WORDS.brisk };
  return GROUPS[group].hold || isHolding(snapshot) ? good('hold', CALM_WORDS.holding) : good('check', CALM_WORDS.good);
}

/** One fault mended while another stands: that one is shown, and no praise. */
const otherFault = ({ active }: SnapshotMessage, mended: CueKind): SnapshotMessage['active'][number] | undefined =>
  active.find(({ kind, level }) => level > 0 && kind !== mended && toneOf(kind, level) !== 'good');

/** Between two sets. */
function resting({ set: { number, of, restLeftS } }: SnapshotMessage): Message | null {
  if (restLeftS === null) return null;
  const { word, reason } = restLeftS > 0 ? CALM_WORDS.rest : CALM_WORDS.rested;
  return quiet(restLeftS > 0 ? 'clock' : 'ready', { word, reason: filled(reason, { next: number + 1, of, left: Math.ceil(restLeftS) }) });
}

/** On the way to the place, holding it, or long enough there. */
function holding({ dwellS }: SnapshotMessage, { targetS, isSettled }: NonNullable<SnapshotMessage['hold']>): Message {
  const { word, reason } = !isSettled ? CALM_WORDS.settling : dwellS < targetS ? CALM_WORDS.hold : CALM_WORDS.held;
  return good('hold', { word, reason: filled(reason, { target: targetS }) });
}

function cueMessage(snapshot: SnapshotMessage, kind: CueKind, level: Level): Message | null {
  const words = wordsOf(kind, level);
  if (words === null) return null;
  const value = snapshot.active.find((state) => state.kind === kind && state.level === level)?.value ?? 0;
  return { tone: toneOf(kind, level), icon: words.icon, word: words.word, reason: reasonOf(words, value) };
}

/** Longer still than any turn of a stroke takes. */
const HOLD_S = 4;
const isHolding = ({ speedCmS, dwellS, limits }: SnapshotMessage): boolean =>
  speedCmS !== null && speedCmS < limits.greenCmS[0] && dwellS > HOLD_S;

function offline(snapshot: SnapshotMessage | null, retryInS: number | null): Message {
  if (retryInS === null) return quiet('link', { word: 'Connecting', reason: 'Calling the companion' });
  const kept = snapshot === null ? 'No companion here' : 'Your session goes on without this page';
  return quiet('link', { word: 'Offline', reason: `${kept}. Trying again in ${retryInS} s` });
}

function unlinked({ link, linkReason, source, session }: SnapshotMessage): Message {
  if (link === 'idle' && linkReason !== null) return quiet('link', { word: 'No link', reason: plainReason(linkReason) });
  const kept = session === 'running' || session === 'paused' ? ', your time is kept' : '';
  switch (link) {
    case 'idle':
    case 'scanning':
      return quiet('link', { word: 'Looking', reason: 'Switch the roller on and keep it near' });
    case 'lost':
    case 'waiting':
      return quiet('link', { word: 'Roller lost', reason: `Calling it again by itself${kept}` });
    case 'closed':
      return source === 'replay'
        ? quiet('clock', { word: 'The end', reason: 'The recording is over' })
        : quiet('link', { word: 'Roller off', reason: 'The link was closed' });
    case 'connecting':
    case 'discovering':
    case 'subscribing':
    case 'streaming':
      return quiet('link', { word: 'Connecting', reason: 'The roller is found, one moment' });
  }
}

/** What a person can act on: without the code and the technical part in brackets that the log keeps. */
function plainReason(reason: string): string {
  const plain = reason.replace(/^E_\w+: /, '').replaceAll(/ \([^)]*\)/g, '');
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

function silent({ source }: SnapshotMessage, ageMs: number | null): Message {
  if (ageMs === null) return quiet('link', { word: 'Connecting', reason: 'Waiting for the first measurement' });
  const waited = `Nothing heard for ${Math.max(1, Math.round(ageMs / 1000))} s`;
  const reason = source === 'replay' ? `${waited}, as it was recorded` : `${waited}. Waiting, your time is kept`;
  return quiet('clock', { word: 'No signal', reason });
}
