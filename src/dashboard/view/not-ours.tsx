import type { JSX } from 'preact';
import { openSheet } from '../sheets/sheets.ts';
import { standingText } from '../sheets/rollers-text.ts';
import { standing } from '../state/watching.ts';
import { Glyph } from './icons.tsx';

/** The floor of a screen that only looks on: why, where to choose, and pain, which is heard from everybody. */
export function NotOurs(): JSX.Element {
  return (
    <footer class="floor not-ours">
      <p>{standingText(standing.value)}</p>
      <button type="button" class="side" onClick={() => openSheet('rollers')}>
        <Glyph name="search" />
        <span>Rollers</span>
      </button>
      {standing.value.at === 'theirs' && (
        <button type="button" class="side" onClick={() => openSheet('pain')}>
          <Glyph name="pain" />
          <span>Pain</span>
        </button>
      )}
    </footer>
  );
}
