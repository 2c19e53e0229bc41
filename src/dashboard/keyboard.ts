import { closeHistory, isHistory, openHistory } from './route.ts';
import { openSheet, sheet } from './sheets/sheets.ts';
import { toggleSound } from './sound/sound.ts';
import { sayStatus } from './spoken-status.ts';
import { settings } from './state/settings.ts';
import { sessionState } from './state/store.ts';
import { canHold, holdOrRelease, isUnderWay, pauseOrContinue, stop } from './view/actions.ts';

const LETTERS: Readonly<Record<string, () => void>> = {
  p: pauseOrContinue,
  // Nothing is looked up while it is rolled: H is to hold then.
  h: () => (canHold() ? holdOrRelease() : !isUnderWay() && openHistory()),
  s: sayStatus,
  m: () => void toggleSound(),
  c: () => openSheet('calibrate'),
};

/** Space and Enter stop from anywhere, unless the focus is on another control, which they then work. */
export function startKeyboard(): void {
  addEventListener('keydown', (event) => {
    const isMeantElsewhere = event.repeat || event.ctrlKey || event.metaKey || event.altKey;
    if (isMeantElsewhere || sheet.value !== null || sessionState.value === 'safety-stop') return;
    if (isHistory.value) {
      if (event.key.toLowerCase() === 'h' && settings.value.shortcuts && !isOnField(event.target)) closeHistory();
    } else if ((event.key === ' ' || event.key === 'Enter') && isUnderWay() && !isOnControl(event.target)) {
      event.preventDefault();
      stop();
    } else if (settings.value.shortcuts && !isOnField(event.target)) {
      LETTERS[event.key.toLowerCase()]?.();
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
