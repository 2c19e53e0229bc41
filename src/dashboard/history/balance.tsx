import type { JSX } from 'preact';
import { GROUPS } from '../../guide/groups.ts';
import { settings } from '../state/settings.ts';
import { speedIn, SPEED_UNIT, type Units } from '../view/units.ts';
import { numberText, spanText } from './format.ts';
import type { Summary } from './measures.ts';

type Pair = Summary['balance'][number];
interface Sides {
  readonly label: string;
  readonly sides: Pair['activeS'];
  readonly text: (value: number) => string;
}

/** Left against right of each muscle that was rolled on both sides. */
export function Balance({ summary: { balance } }: { readonly summary: Summary }): JSX.Element {
  const { units } = settings.value;
  return (
    <section class="card">
      <h2>Left and right</h2>
      {balance.length === 0 && <p>No muscle was rolled on both sides.</p>}
      {balance.map((pair) => (
        <div key={pair.group} class="balance">
          <h3>{GROUPS[pair.group].name}</h3>
          {sidesOf(pair, units).map((each) => <Bars key={each.label} {...each} />)}
        </div>
      ))}
    </section>
  );
}

const sidesOf = ({ activeS, medianCmS, meanLoad }: Pair, units: Units): Sides[] => [
  { label: 'Time', sides: activeS, text: spanText },
  { label: 'Speed', sides: medianCmS, text: (cmS) => `${numberText(speedIn(units, cmS), 1)} ${SPEED_UNIT[units]}` },
  ...(meanLoad === null ? [] : [{ label: 'Load', sides: meanLoad, text: (load: number) => `${numberText(load)} ${meanLoad.unit}` }]),
];

/** The larger side has the full length; a difference that is worth a look is said in words. */
function Bars({ label, sides: { left, right, differencePct, flagged }, text }: Sides): JSX.Element {
  const most = Math.max(left, right, Number.MIN_VALUE);
  const more = `${numberText(Math.abs(differencePct))} % more ${differencePct > 0 ? 'left' : 'right'}`;
  return (
    <div class="pair">
      <span class="pair-label">{label}</span>
      <span class="pair-note" data-flagged={flagged}>{Math.round(differencePct) === 0 ? 'the same' : more}</span>
      <span class="pair-left">{text(left)}</span>
      <span class="pair-bar pair-bar-left" aria-hidden="true"><i style={{ width: `${(100 * left) / most}%` }} /></span>
      <span class="pair-bar" aria-hidden="true"><i style={{ width: `${(100 * right) / most}%` }} /></span>
      <span class="pair-right">{text(right)}</span>
    </div>
  );
}
