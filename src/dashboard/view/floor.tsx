import type { JSX } from 'preact';
import { openHistory } from '../route.ts';
import { openSheet } from '../sheets/sheets.ts';
import { sessionState, snapshot } from '../state/store.ts';
import { canHold, holdOrRelease, isUnderWay, pauseOrContinue, start, stop } from './actions.ts';
import { Glyph } from './icons.tsx';

/** The floor of the screen: STOP, as wide as can be, to be hit with an elbow. */
export function Floor(): JSX.Element {
  return <footer class="floor">{isUnderWay() ? <UnderWay /> : <AtRest />}</footer>;
}

function UnderWay(): JSX.Element {
  const isPaused = sessionState.value === 'paused';
  return (
    <>
      <button type="button" class="side" onClick={pauseOrContinue}>
        <Glyph name={isPaused ? 'play' : 'pause'} />
        <span>{isPaused ? 'Go on' : 'Pause'}</span>
      </button>
      {canHold() && (
        <button type="button" class="side" aria-pressed={snapshot.value?.hold != null} aria-label="Hold here" onClick={holdOrRelease}>
          <Glyph name="hold" />
          <span>Hold</span>
        </button>
      )}
      <button type="button" class="primary stop" onClick={stop}>STOP</button>
      <button type="button" class="side" onClick={() => openSheet('pain')}>
        <Glyph name="pain" />
        <span>Pain</span>
      </button>
    </>
  );
}

function AtRest(): JSX.Element {
  return (
    <>
      <button type="button" class="side" data-history onClick={openHistory}>
        <Glyph name="history" />
        <span>History</span>
      </button>
      <button type="button" class="primary secondary" onClick={() => openSheet('chooser')}>Muscle</button>
      <button type="button" class="primary" onClick={start}>{sessionState.value === 'stopped' ? 'Roll again' : 'Start'}</button>
    </>
  );
}
