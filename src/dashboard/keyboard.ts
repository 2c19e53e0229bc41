import { closeHistory, isHistory, openHistory } from './route.ts';
import { openSheet, sheet } from './sheets/sheets.ts';
import { toggleSound } from './sound/sound.ts';
import { sayStatus } from './spoken-status.ts';
import { settings } from './state/settings.ts';
import { isReplay, playback, sessionState } from './state/store.ts';
import { mayCommand } from './state/watching.ts';
import { playOrPause, SKIP_S } from './transport/actions.ts';
import { seek, seekBy } from './transport/seek.ts';
import { canHold, holdOrRelease, isUnderWay, pauseOrContinue, stop } from './view/actions.ts';

type Keys = Readonly<Record<string, () => void>>;

const ANY: Keys = {
  s: sayStatus,
  m: () => void toggleSound(),
  r: () => openSheet('rollers'),
};

const LETTERS: Readonly<Record<'live' | 'replay' | 'history', Keys>> = {
  live: {
    ...ANY,
    p: pauseOrContinue,
    // Nothing is looked up while it is rolled: H is to hold then.
    h: () => (canHold() ? holdOrRelease() : !isUnderWay() && openHistory()),
    n: () => isUnderWay() && mayCommand.value && openSheet('mark'),
    c: () => openSheet(mayCommand.value ? 'calibrate' : 'rollers'),
  },
  replay: { ...ANY, p: playOrPause, h: openHistory },
  history: { h: closeHistory },
};

/** Not to be switched off: they are those that every player has. */
const PLAYER: Keys = {
  ' ': playOrPause,
  arrowleft: () => seekBy(-SKIP_S),
  arrowright: () => seekBy(SKIP_S),
  home: () => seek(0),
  end: () => seek(playback.peek()?.durationS ?? 0),
};

/** Space and Enter stop from anywhere, unless the focus is on another control, which they then work; of a recording Space plays and pauses. */
export function startKeyboard(): void {
  addEventListener('keydown', (event) => {
    const isMeantElsewhere = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey;
    if (isMeantElsewhere || sheet.value !== null || (sessionState.value === 'safety-stop' && !isReplay.value)) return;
    const key = event.key.toLowerCase();
    const view = isHistory.value ? 'history' : isReplay.value ? 'replay' : 'live';
    if (view === 'replay' && PLAYER[key] !== undefined && mayCommand.value && !isOnControl(event.target)) {
      event.preventDefault();
      // A key that is held goes on and on, but does not play and pause by turns.
      if (key !== ' ' || !event.repeat) PLAYER[key]();
    } else if (event.repeat) {
      return;
    } else if (view === 'live' && (key === ' ' || key === 'enter') && isUnderWay() && !isOnControl(event.target)) {
      event.preventDefault();
      stop();
    } else if (settings.value.shortcuts && !isOnField(event.target)) {
      LETTERS[view][key]?.();
    }
  });
  // A button that was tapped does not keep the focus, so that the next press of Space is STOP again.
  addEventListener('pointerup', () => {
    if (sheet.value === null && document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
  });
}

const isOnControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, input, select, textarea, a, summary') !== null;
const isOnField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, select, textarea') !== null;
