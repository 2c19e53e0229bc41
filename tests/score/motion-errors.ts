import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import type { Played } from './play.ts';
import type { Errors } from './tally.ts';

/** Errors count from here on: the estimator has had a moment to settle. */
const SETTLED_S = 5;

/**
 * Errors of speed, cm/s, and position, cm, in true contact. A ball knows no position; a stick has neither speed nor position; a roller
 * that does not know its axis cannot tell one way from the other.
 */
export function motionErrors({ ticks, truth }: Played, { roller }: Scenario): { speed: Errors; position: Errors } {
  const speed: Errors = { sum: 0, count: 0 };
  const position: Errors = { sum: 0, count: 0 };
  const pairs = ticks.flatMap((tick) => {
    const true_ = truth[Math.round(tick.tS * 10) - 1];
    return true_?.contact && tick.tS >= SETTLED_S ? [{ tick, true_ }] : [];
  });
  if (roller.tool === 'stick') return { speed, position };
  const isBall = roller.tool === 'ball';
  const way = roller.untold === 'axis' && pairs.reduce((sum, { tick, true_ }) => sum + tick.speedCmS * true_.speedCmS, 0) < 0 ? -1 : 1;
  for (const { tick, true_ } of pairs) {
    add(speed, way * tick.speedCmS - true_.speedCmS);
    if (!isBall) add(position, way * tick.positionCm - true_.positionCm);
  }
  return { speed, position };
}

function add(errors: Errors, error: number): void {
  errors.sum += error * error;
  errors.count++;
}
