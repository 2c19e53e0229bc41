import { computed, effect, signal } from '@preact/signals';
import type { AirRoller } from '../../server/wire.ts';
import { keptInSession } from './kept.ts';
import { settings } from './settings.ts';
import { metIn, standingOf, type Meeting } from './standing.ts';
import { air, hello, onRefusal, roller, say, socket } from './store.ts';

/** The id of the roller that this page asks for, in its address so that a reload asks again; null: whichever is there. */
const wanted = signal<string | null>(new URL(location.href).searchParams.get('roller'));

export const standing = computed(() => standingOf(hello.value, wanted.value));
export const mayCommand = computed(() => standing.value.at === 'free' || standing.value.at === 'ours');

/** Waiting for who is in the air. */
export const isLooking = signal(false);

/** Whether this page wants its roller to itself: as long as this window lives, over reloads too. */
const wantsClaim = keptInSession('smart-roller.claim');
let meeting: Meeting | null = null;

/** Be told of this roller from now on. A claim of the one before ends with it. */
export function watch(id: string): void {
  wantsClaim.set(false);
  want(id);
  say({ type: 'watch', roller: id });
}

/** Takes a roller out of the air; where one of the same service has it, it is only watched. */
export function choose({ id, address, name, station }: AirRoller): void {
  const handle = id ?? address ?? name;
  if (handle === null) return;
  if (id !== null && station !== null) return watch(id);
  want(null);
  meeting = { roller: handle, before: roller.peek()?.id ?? null };
  say({ type: 'meet', roller: handle });
}

export function lookAround(): void {
  isLooking.value = true;
  say({ type: 'scan' });
}

/** Under the label that the person has given this screen. */
export function claim(): void {
  wantsClaim.set(true);
  say({ type: 'claim', label: settings.peek().label });
}

export function release(): void {
  wantsClaim.set(false);
  say({ type: 'release' });
}

function want(id: string | null): void {
  wanted.value = id;
  const address = new URL(location.href);
  if (id === null) address.searchParams.delete('roller');
  else address.searchParams.set('roller', id);
  history.replaceState(null, '', address);
}

/** Takes up what was claimed after each new connection, and keeps the roller that was met in the page's address. */
export function startWatching(): void {
  air.subscribe(() => (isLooking.value = false));
  onRefusal((code) => {
    isLooking.value = false;
    meeting = null;
    // Somebody else has come first: it is not taken from them the moment they leave.
    if (code === 'claimed' && standing.peek().at === 'theirs') wantsClaim.set(false);
  });
  effect(() => {
    if (socket.value.at !== 'open') isLooking.value = false;
  });
  hello.subscribe((greeting) => {
    if (greeting === null) return;
    const met = meeting === null ? null : metIn(greeting, meeting);
    if (met !== null) {
      meeting = null;
      want(met.id);
    }
    const { label } = settings.peek();
    const { at } = standingOf(greeting, wanted.peek());
    const isFree = at === 'free' || (at === 'theirs' && roller.peek()?.claimedBy === label);
    if (wantsClaim.get() && isFree) say({ type: 'claim', label });
  });
}
