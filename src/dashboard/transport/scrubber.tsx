import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { PlaybackMessage } from '../../server/wire.ts';
import { timeline } from '../state/store.ts';
import { mayCommand } from '../state/watching.ts';
import { useFrames } from '../view/frames.ts';
import { clockText } from '../view/units.ts';
import { playOrPause, SKIP_S } from './actions.ts';
import { MarkLane } from './mark-lane.tsx';
import { hereS, seek, seekBy } from './seek.ts';

/** Less than this is left of every file for its last notification. */
const UNTOLD_S = 0.5;
const PAGE_S = 60;

/** The recording from end to end: what was told where, how far it is, and a handle to go elsewhere. */
export function Scrubber({ state }: { readonly state: PlaybackMessage }): JSX.Element {
  const { durationS, indexedS } = state;
  const slider = useRef<HTMLInputElement>(null);
  const now = useRef<HTMLSpanElement>(null);
  const done = useRef<HTMLDivElement>(null);
  const isHeld = useRef(false);

  useFrames((nowMs) => {
    if (slider.current === null || now.current === null || done.current === null) return;
    const hereNowS = isHeld.current ? Number(slider.current.value) : hereS(nowMs);
    if (!isHeld.current) slider.current.value = String(hereNowS);
    done.current.style.width = `${(100 * hereNowS) / Math.max(durationS, 1e-3)}%`;
    const text = clockText(hereNowS);
    if (now.current.textContent === text) return;
    now.current.textContent = text;
    slider.current.setAttribute('aria-valuetext', `${text} of ${clockText(durationS)}`);
  });

  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => seekBy(-SKIP_S / 2),
    ArrowDown: () => seekBy(-SKIP_S / 2),
    ArrowRight: () => seekBy(SKIP_S / 2),
    ArrowUp: () => seekBy(SKIP_S / 2),
    PageDown: () => seekBy(-PAGE_S),
    PageUp: () => seekBy(PAGE_S),
    Home: () => seek(0),
    End: () => seek(durationS),
    ' ': playOrPause,
  };

  return (
    <div class="scrubber">
      <span class="scrub-time" data-testid="place" ref={now}>0:00</span>
      <div class="scrub">
        <MarkLane cues={timeline.value?.cues ?? []} markers={timeline.value?.markers ?? []} durationS={durationS} />
        <div class="scrub-track">
          <div class="scrub-done" ref={done} />
          {indexedS < durationS - UNTOLD_S && (
            <div
              class="scrub-unknown"
              style={{ left: `${(100 * indexedS) / durationS}%` }}
              title={`Marks are known up to ${clockText(indexedS)} so far`}
            />
          )}
        </div>
        <input
          type="range"
          ref={slider}
          aria-label="Place in the recording"
          disabled={!mayCommand.value}
          min="0"
          max={durationS}
          step="any"
          onInput={() => (isHeld.current = true)}
          onChange={(event) => {
            isHeld.current = false;
            seek(Number(event.currentTarget.value));
          }}
          onKeyDown={(event) => {
            const act = keys[event.key];
            if (act === undefined) return;
            event.preventDefault();
            if (event.key !== ' ' || !event.repeat) act();
          }}
        />
      </div>
      <span class="scrub-time">{clockText(durationS)}</span>
    </div>
  );
}
