import { computed, effect } from '@preact/signals';
import { createAnnouncer } from './sound/announcer.ts';
import { sayAloud } from './sound/sound.ts';
import { calmSnapshot, isReplay, notice, onCue, playback, roller, session, sessionState, snapshot, tell } from './state/store.ts';
import { currentMessage } from './view/current-message.ts';
import { faultSentences } from './view/fault-text.ts';
import { wordsOf } from './view/words.ts';

const region = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`index.html has no #${id}`);
  return element;
};

/** What a screen reader hears: what the screen says in large, but at most one in 5 s, and never a number that runs. */
export function startAnnouncing(): void {
  const status = region('status');
  const announcer = createAnnouncer({
    write: (text) => (status.textContent = text),
    nowMs: () => performance.now(),
    later: (ms, run) => void setTimeout(run, ms),
  });
  let lastWord = '';
  effect(() => {
    const { word, reason } = currentMessage.value;
    // That the page is being connected is not worth the first word: the state it finds is.
    if (word === lastWord || snapshot.value === null) return;
    lastWord = word;
    announcer.announce(`${word}. ${reason}.`);
  });
  effect(() => {
    if (notice.value !== null) announcer.announce(notice.value);
  });
  effect(() => {
    region('alert').textContent = sessionState.value === 'safety-stop' && !isReplay.value ? 'Stop rolling. Come off the roller.' : '';
  });
  let knownFaults: readonly string[] = [];
  effect(() => {
    const faults = calmSnapshot.value === null ? [] : faultSentences(calmSnapshot.value, roller.value);
    const fresh = faults.filter((fault) => !knownFaults.includes(fault));
    knownFaults = faults;
    if (fresh.length > 0) tell(fresh.join(' '));
  });
  startTellingFailure();
  const trouble = computed(() => playback.value?.trouble ?? null);
  effect(() => {
    // The player shows it for as long as it is so.
    if (trouble.value !== null) announcer.announce(trouble.value);
  });
  onCue(({ cue, telling }) => {
    if (telling === 'missed' && cue.phase === 'start') tell(`While you were away: ${wordsOf(cue.kind, cue.level)?.word ?? cue.kind}`);
  });
}

/** That nothing more is kept is said once a session, aloud, and in writing where the service has not told why. */
function startTellingFailure(): void {
  let toldSession = '';
  effect(() => {
    const { id = '', recording } = session.value ?? {};
    if (recording !== 'failed' || id === toldSession) return;
    toldSession = id;
    const text = 'Recording stopped. Coaching goes on.';
    sayAloud(text, false);
    if (notice.peek() === null) tell(text);
  });
}

/** An answer to a question waits for nothing. */
export function announceNow(text: string): void {
  region('status').textContent = text;
}
