import type { JSX } from 'preact';
import type { PlaybackMessage } from '../../server/wire.ts';
import { calmSnapshot, timeline } from '../state/store.ts';
import { mayCommand } from '../state/watching.ts';
import { Glyph } from '../view/icons.tsx';
import { clockText } from '../view/units.ts';
import { loopOrNot, openFile, playOrPause, RATES, rateText, setRate, SKIP_S } from './actions.ts';
import { MarkLegend, Passing } from './mark-lane.tsx';
import { Scrubber } from './scrubber.tsx';
import { seekBy } from './seek.ts';

/** The floor of a screen that plays a recording: there is nobody to stop. */
export function Transport({ state }: { readonly state: PlaybackMessage }): JSX.Element {
  const { playing, loop, indexedS, durationS, files } = state;
  const isOther = !mayCommand.value;
  return (
    <footer class="transport">
      <Scrubber state={state} />
      <div class="transport-row">
        <button type="button" class="player" aria-label={`Back ${SKIP_S} seconds`} disabled={isOther} onClick={() => seekBy(-SKIP_S)}>
          −{SKIP_S} s
        </button>
        <button type="button" class="player player-main" aria-label={playing ? 'Pause' : 'Play'} disabled={isOther} onClick={playOrPause}>
          <Glyph name={playing ? 'pause' : 'play'} />
        </button>
        <button type="button" class="player" aria-label={`On ${SKIP_S} seconds`} disabled={isOther} onClick={() => seekBy(SKIP_S)}>
          +{SKIP_S} s
        </button>
        <RateChoice state={state} />
        <button type="button" class="player" aria-pressed={loop} aria-label="Again and again" disabled={isOther} onClick={loopOrNot}>
          <Glyph name="loop" />
        </button>
        {files > 1 && <Playlist state={state} />}
        <div class="transport-notes" aria-live="off">
          {indexedS < durationS - 1 && <span>Marks up to {clockText(indexedS)} so far</span>}
          <Passing markers={timeline.value?.markers ?? []} tS={calmSnapshot.value?.tS ?? 0} />
          <MarkLegend cues={timeline.value?.cues ?? []} markers={timeline.value?.markers ?? []} />
        </div>
      </div>
      {state.trouble !== null && <p class="transport-trouble" title={state.trouble}>{state.trouble}</p>}
    </footer>
  );
}

function RateChoice({ state: { rate } }: { readonly state: PlaybackMessage }): JSX.Element {
  // A rate given on the command line may be one of its own.
  const rates = RATES.includes(rate) ? RATES : [rate, ...RATES];
  return (
    <select
      class="player"
      aria-label="Speed"
      value={String(rate)}
      disabled={!mayCommand.value}
      onChange={({ currentTarget: { value } }) => setRate(value === 'max' ? 'max' : Number(value))}
    >
      {rates.map((option) => <option key={option} value={String(option)}>{rateText(option)}</option>)}
    </select>
  );
}

function Playlist({ state: { number, files, file } }: { readonly state: PlaybackMessage }): JSX.Element {
  const isOther = !mayCommand.value;
  return (
    <div class="playlist" role="group" aria-label="Files">
      <button type="button" class="player" aria-label="File before" disabled={isOther || number === 0} onClick={() => openFile(number - 1)}>
        <Glyph name="before" />
      </button>
      <span title={file}>file {number + 1} of {files}</span>
      <button type="button" class="player" aria-label="Next file" disabled={isOther || number === files - 1} onClick={() => openFile(number + 1)}>
        <Glyph name="after" />
      </button>
    </div>
  );
}
