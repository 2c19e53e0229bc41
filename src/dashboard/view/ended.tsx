import type { JSX } from 'preact';
import { CALM_WORDS } from '../../guide/cue-words.ts';
import { session, snapshot } from '../state/store.ts';
import { endedNotes } from './ended-notes.ts';
import { groupText } from './group-text.ts';
import { Icon } from './icons.tsx';
import { clockText } from './units.ts';

/** A short look back: how long on which muscle, against the 30 to 90 seconds that are enough. */
export function Ended(): JSX.Element {
  const doses = (session.value?.doses ?? []).filter((dose) => dose.doseS >= 1);
  const totalS = doses.reduce((sum, dose) => sum + dose.doseS, 0);
  const limits = snapshot.value?.limits ?? { doseMinS: 30, doseMaxS: 90 };
  return (
    <main class="ended">
      <div class="ended-head">
        <Icon name="check" />
        <h1 class="ended-word">{CALM_WORDS.finished.word}</h1>
        <p class="reason">{doses.length === 0 ? 'Nothing was rolled this time' : `${clockText(totalS)} of rolling in all`}</p>
      </div>
      <ul class="ended-list">
        {doses.map(({ group, side, doseS }) => (
          <li key={`${group} ${side}`} class="plate">
            <span class="ended-name">{groupText(group, side)}</span>
            <span class="ended-time">{Math.floor(doseS)} s <i>{verdict(doseS, limits)}</i></span>
            <div class="gauge">
              <div class="gauge-fill" style={{ width: `${100 * Math.min(1, doseS / (limits.doseMaxS * GAUGE_BEYOND))}%` }} />
              <div class="gauge-mark" style={{ left: `${(100 * limits.doseMinS) / (limits.doseMaxS * GAUGE_BEYOND)}%` }} />
              <div class="gauge-mark" style={{ left: `${100 / GAUGE_BEYOND}%` }} />
            </div>
          </li>
        ))}
        {endedNotes(doses).map((note) => <li key={note} class="ended-note">{note}</li>)}
      </ul>
    </main>
  );
}

/** The gauge goes a third beyond the limit. */
const GAUGE_BEYOND = 4 / 3;

function verdict(doseS: number, { doseMinS, doseMaxS }: { readonly doseMinS: number; readonly doseMaxS: number }): string {
  if (doseS < doseMinS) return `under ${doseMinS} s`;
  return doseS > doseMaxS ? `over ${doseMaxS} s` : 'in range';
}
