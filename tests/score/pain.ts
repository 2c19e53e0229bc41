import type { Truth } from '../../simulators/roller/truth.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { EPSILON_S, TICK_S } from './signals.ts';

/**
 * At which ticks a report of pain of 7 stands: until less is reported, or until the person has been off the roller, or at less than 90 %
 * of the load at which it hurt, for 2 s.
 */
export function painUntil(truth: readonly Truth[], { commands }: Scenario, loads: readonly number[]): boolean[] {
  const reports = commands.flatMap(({ tS, command }) => (command.type === 'pain' ? [{ tS, nrs: command.nrs }] : []));
  let isHurting = false;
  let hurtAt = 0;
  let easedS = 0;
  return truth.map(({ tS, contact }, i) => {
    const report = reports.findLast((each) => each.tS > tS - TICK_S + EPSILON_S && each.tS <= tS + EPSILON_S);
    if (report !== undefined) {
      isHurting = report.nrs >= 7;
      hurtAt = loads[Math.max(0, i - 1)]!;
      easedS = 0;
    }
    easedS = !contact || loads[i]! < 0.9 * hurtAt ? easedS + TICK_S : 0;
    if (easedS >= 2 - EPSILON_S) isHurting = false;
    return isHurting;
  });
}
