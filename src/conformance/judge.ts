import type { Check, Verdict } from './check.ts';
import { CONTROL_CHECKS } from './checks/control.ts';
import { FRAME_CHECKS } from './checks/frames.ts';
import { GATT_CHECKS } from './checks/gatt.ts';
import { IDENTITY_CHECKS } from './checks/identity.ts';
import { INFO_CHECKS } from './checks/info.ts';
import { SENSOR_CHECKS } from './checks/sensors.ts';
import { STATUS_CHECKS } from './checks/status.ts';
import { TIMING_CHECKS } from './checks/timing.ts';
import type { Evidence } from './evidence.ts';
import { examine } from './examine.ts';

/** Every check, in the order of the report. A new one is a row in one of these tables. */
export const CHECKS: readonly Check[] = [
  ...GATT_CHECKS, ...INFO_CHECKS, ...FRAME_CHECKS, ...TIMING_CHECKS, ...SENSOR_CHECKS, ...CONTROL_CHECKS, ...STATUS_CHECKS, ...IDENTITY_CHECKS,
];

export type Finding = Pick<Check, 'id' | 'section' | 'expected'> & Verdict;

/** Judges what was collected by every check. */
export function judge(evidence: Evidence): readonly Finding[] {
  const given = examine(evidence);
  return CHECKS.map(({ id, section, expected, judge: verdictOn }) => ({ id, section, expected, ...verdictOn(given) }));
}
