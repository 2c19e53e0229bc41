import { doseGoal } from './dose-goal.ts';
import { doseLimit } from './dose-limit.ts';
import { overPressure } from './over-pressure.ts';
import { safetyStop } from './safety-stop.ts';
import { tooFast } from './too-fast.ts';
import { tooLong } from './too-long.ts';

/** Every rule there is. */
export const RULES = [safetyStop, overPressure, tooFast, tooLong, doseLimit, doseGoal] as const;
