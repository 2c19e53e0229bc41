import { refused, type CalibrationEvent, type CalibrationSample } from './calibration-step.ts';
import { TICK_HZ } from './tick.ts';

/** The person rolls as hard as is comfortable for so long, and has so long to get there. */
const ROLL_S = 10;
const PATIENCE_S = 60;
/** What counts is the hardest stretch of this length: a load has to stand for as long to be judged. */
const STRETCH_S = 2;
const STRETCH_TICKS = STRETCH_S * TICK_HZ;
/** A hardest stretch this many times the mean of all is unusual: a person does not press like that by choice for long. */
const USUAL_PEAK = 2;

/** Ten seconds on the roller as hard as is comfortable give the person's own maximum. Plain data. */
export interface ComfortState {
  readonly step: 'comfort';
  beganS: number | null;
  touched: boolean;
  /** Of the present contact. */
  ticks: number;
  sum: number;
  /** Loads of the last stretch, a ring, their sum, and the highest mean of a stretch so far. */
  readonly recent: Float64Array;
  recentSum: number;
  hardest: number;
}

export const createComfort = (): ComfortState => ({
  step: 'comfort', beganS: null, touched: false, ticks: 0, sum: 0, recent: new Float64Array(STRETCH_TICKS), recentSum: 0, hardest: 0,
});

/** The value of the event is a load in the roller's own unit. */
export function stepComfort(state: ComfortState, { tS, contact, relativeLoad, saturated, disturbed }: CalibrationSample): CalibrationEvent | null {
  state.beganS ??= tS;
  state.touched ||= contact;
  if (contact && !disturbed && relativeLoad !== null) press(state, relativeLoad);
  else if (!disturbed) letGo(state);
  if (state.ticks >= ROLL_S * TICK_HZ) return saturated ? refused('saturated') : judge(state);
  return tS - state.beganS > PATIENCE_S ? refused(state.touched ? 'lifted' : 'nobody') : null;
}

/** Share of the ten seconds that is done. */
export const comfortProgress = ({ ticks }: ComfortState): number => ticks / (ROLL_S * TICK_HZ);

function letGo(state: ComfortState): void {
  Object.assign(state, { ticks: 0, sum: 0, recentSum: 0, hardest: 0 });
  state.recent.fill(0);
}

function press(state: ComfortState, load: number): void {
  const at = state.ticks % STRETCH_TICKS;
  state.recentSum += load - state.recent[at]!;
  state.recent[at] = load;
  state.ticks++;
  state.sum += load;
  if (state.ticks >= STRETCH_TICKS) state.hardest = Math.max(state.hardest, state.recentSum / STRETCH_TICKS);
}

function judge({ hardest, sum, ticks }: ComfortState): CalibrationEvent {
  if (hardest <= 0) return refused('implausible', 0);
  return { type: 'done', value: hardest, unusual: hardest > (USUAL_PEAK * sum) / ticks };
}
