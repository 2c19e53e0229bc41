import type { JSX } from 'preact';
import { closeHistory } from '../route.ts';
import { sessionState } from '../state/store.ts';
import { isUnderWay, stop } from '../view/actions.ts';
import { currentMessage } from '../view/current-message.ts';
import { Icon } from '../view/icons.tsx';

/** Coaching goes on while somebody reads: what to do now, the way back to it, and STOP. */
export function LiveBar(): JSX.Element {
  const { icon, word, reason, tone } = currentMessage.value;
  // Read so that STOP comes and goes with the session.
  void sessionState.value;
  return (
    <div class="live-bar" data-tone={tone}>
      <button type="button" class="live-back" onClick={closeHistory}>
        <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true"><path d="m15 5-7 7 7 7" /></svg>
        <span class="unseen">Back to rolling. Now: </span>
        <Icon name={icon} />
        <b>{word}</b>
        <span class="live-reason">{reason}</span>
      </button>
      {isUnderWay() && <button type="button" class="live-stop" onClick={stop}>STOP</button>}
    </div>
  );
}
