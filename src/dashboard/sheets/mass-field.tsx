import type { JSX } from 'preact';
import { settings } from '../state/settings.ts';
import { MASS_UNIT, massFrom, massIn } from '../view/units.ts';

/** What the companion takes for a person's weight. */
const LIGHTEST_KG = 25;
const HEAVIEST_KG = 300;

/** A person's weight as text, in their unit. */
export function MassField(props: { readonly label: string; readonly mass: string; readonly onInput: (mass: string) => void }): JSX.Element {
  const { label, mass, onInput } = props;
  const { units } = settings.value;
  return (
    <label class="mass">
      <span>{label}</span>
      <input
        type="number"
        inputMode="decimal"
        min={Math.ceil(massIn(units, LIGHTEST_KG))}
        max={Math.floor(massIn(units, HEAVIEST_KG))}
        step="any"
        value={mass}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <span>{MASS_UNIT[units]}</span>
    </label>
  );
}

export const massText = (massKg: number | null): string => (massKg === null ? '' : String(Math.round(massIn(settings.peek().units, massKg))));

/** What cannot be a person's weight counts as not given, as the companion would refuse it. */
export function massKgOf(text: string): number | null {
  const massKg = massFrom(settings.value.units, Number.parseFloat(text));
  return massKg >= LIGHTEST_KG && massKg <= HEAVIEST_KG ? Math.round(10 * massKg) / 10 : null;
}
