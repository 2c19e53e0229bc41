import { effect } from '@preact/signals';
import { render } from 'preact';
import './style/tokens.css';
import './style/base.css';
import './style/live.css';
import './style/sheets.css';
import './style/transport.css';
import { App } from './app.tsx';
import { startAnnouncing } from './announce.ts';
import { startKeyboard } from './keyboard.ts';
import { isHistory, startRoute } from './route.ts';
import { openSheet } from './sheets/sheets.ts';
import { startMetronome } from './sound/metronome.ts';
import { startSound } from './sound/sound.ts';
import { browserSocket } from './state/browser-socket.ts';
import { mayCommand, startWatching } from './state/watching.ts';
import { startKeepingProfile } from './state/kept-profile.ts';
import { settings } from './state/settings.ts';
import { forget, remember, speedHistory } from './state/speed-history.ts';
import { connect, hello, isReplay, jumps, onSnapshot, session } from './state/store.ts';
import { startSeeking } from './transport/seek.ts';
import { currentMessage } from './view/current-message.ts';
import { startWakeLock } from './wake-lock.ts';

dropToken();
jumps.subscribe(() => forget(speedHistory));
onSnapshot((snapshot) => remember(speedHistory, snapshot));
startRoute();
startSound();
startMetronome();
startAnnouncing();
startKeyboard();
startWakeLock();
startKeepingProfile();
startWatching();
startSeeking();
connect(browserSocket);

// The state is the whole background, the browser's own frame included.
effect(() => {
  const { tone, word } = isHistory.value ? ({ tone: 'quiet', word: 'History' } as const) : currentMessage.value;
  document.documentElement.dataset['tone'] = tone;
  document.title = `${isReplay.value ? 'Replay · ' : ''}${word} · Smart-roller`;
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--ground-top');
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', ground);
});

// A person with a roller reads the note before the first session; a simulation just shows what there is.
const stopWatching = effect(() => {
  if (hello.value === null || session.value === null) return;
  if (hello.value.source === 'live' && session.value.state === 'idle' && mayCommand.peek() && !settings.peek().noteRead) openSheet('chooser');
  queueMicrotask(() => stopWatching());
});

const app = document.getElementById('app');
if (app !== null) render(<App />, app);

/** The token of the first visit is a cookie by now: it does not stay in the address bar, nor in the history. */
function dropToken(): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('token')) return;
  address.searchParams.delete('token');
  history.replaceState(null, '', address);
}
