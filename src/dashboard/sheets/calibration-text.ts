import { CALIBRATION_REFUSALS, CALIBRATION_STEPS, type CalibrationStep } from '../../guide/calibration-words.ts';
import type { CalibrationMessage, RollerView, SnapshotMessage } from '../../server/wire.ts';
import { preciseLengthText, type Units } from '../view/units.ts';

/** Cells that give counts, so that neither force nor pressure is judged. */
const countsOnly = ({ forcePctBw, pressureKpa }: SnapshotMessage['limits']): boolean => forcePctBw === null && pressureKpa === null;

/** The steps that make sense for a roller, in the order in which they are best done. */
export function stepsFor({ tool, hasPressure }: Pick<RollerView, 'tool' | 'hasPressure'>, limits: SnapshotMessage['limits']): CalibrationStep[] {
  const applies: Readonly<Record<CalibrationStep, boolean>> = {
    tare: hasPressure,
    weight: hasPressure && !countsOnly(limits),
    distance: tool === 'roller',
    comfort: hasPressure && countsOnly(limits),
  };
  return (Object.keys(CALIBRATION_STEPS) as CalibrationStep[]).filter((step) => applies[step]);
}

/** What a step found, with its unit; a load in counts means nothing to a person. */
const VALUES: Readonly<Record<CalibrationStep, (value: number, units: Units) => string | null>> = {
  tare: () => null,
  weight: (value) => `factor ${value.toFixed(2)} on the force`,
  distance: (value, units) => `effective radius ${preciseLengthText(units, value)}`,
  comfort: () => null,
};
export const valueText = (step: CalibrationStep, value: number | null, units: Units): string | null =>
  value === null ? null : VALUES[step](value, units);

/** How a step stands, in words. */
export function newsText({ step, phase, progress, value, unusual, reason }: CalibrationMessage, units: Units): string {
  const found = valueText(step, value, units);
  switch (phase) {
    case 'measuring':
      return progress > 0 ? CALIBRATION_STEPS[step].going : CALIBRATION_STEPS[step].waiting;
    case 'done':
      return `Done${found === null ? '' : `: ${found}`}.${unusual ? ' That is unusual, and worth doing again.' : ''}`;
    case 'refused':
      return `${reason === null ? 'It did not work' : CALIBRATION_REFUSALS[reason]}.${found === null ? '' : ` Found: ${found}.`} Nothing was changed.`;
    case 'cancelled':
      return 'Cancelled. Nothing was changed.';
  }
}

/** What is kept of a roller from a step, and since when. */
export function keptText(step: CalibrationStep, kept: RollerView['calibrated'], units: Units): string | null {
  const found = kept?.[step];
  if (found === undefined) return null;
  return `Kept: ${valueText(step, found.value, units) ?? 'your comfortable maximum'}, since ${dayText(found.sinceUtc)}`;
}

const dayText = (utc: string): string => new Date(utc).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
