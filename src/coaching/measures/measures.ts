import type { Follows } from '../../guide/tools.ts';
import type { MotionTick } from '../../motion/tick.ts';
import type { CoachingConfig } from '../parameters.ts';
import { TICK_S, ticksIn } from '../ticks.ts';
import { exceeded } from '../time.ts';
import { clearAreaDwell, createAreaDwell, stepAreaDwell, type AreaDwell } from './area-dwell.ts';
import { clearRecent, createRecentMean, meanOf, pushRecent, type RecentMean } from './recent-mean.ts';
import { clearStillDwell, createStillDwell, stepStillDwell, type StillDwell } from './still-dwell.ts';
import { clearStrokePace, createStrokePace, stepStrokePace, type StrokePace } from './stroke-pace.ts';

/** The screen shows the mean speed over this time, s. */
const SHOWN_S = 0.7;

/** What rules measure over time, of the present bout of rolling; plain data. */
export interface Measures {
  /** Time since contact, s; 0 in contact, Infinity before the first. */
  lostS: number;
  /** |v| of contact only. */
  readonly judgedSpeed: RecentMean;
  /** |v| whether in contact or not: position is frozen without. */
  readonly shownSpeed: RecentMean;
  readonly strokePace: StrokePace;
  readonly area: AreaDwell;
  readonly still: StillDwell;
  dwellS: number;
  /** Tick in which the present bout of contact began, and how much of it was contact, s: part of the dwell. */
  firstTick: number;
  firstContactS: number;
  /** Frozen position of the last tick in contact, cm. */
  positionCm: number;
}

export const createMeasures = (config: CoachingConfig): Measures => ({
  lostS: Infinity,
  judgedSpeed: createRecentMean(ticksIn(config.speedWindowS)),
  shownSpeed: createRecentMean(ticksIn(SHOWN_S)),
  strokePace: createStrokePace(),
  area: createAreaDwell(config.areaWindowCm),
  still: createStillDwell(),
  dwellS: 0,
  firstTick: 0,
  firstContactS: 0,
  positionCm: 0,
});

/**
 * Takes one tick. A lift no longer than the rules allow leaves a measure as it is; after a longer one it begins anew: speed
 * after 1 s, dwell after 2 s. Dwell goes on through a short lift, with position frozen.
 */
export function stepMeasures(measures: Measures, tick: MotionTick, follows: Follows, config: CoachingConfig): void {
  const speedCmS = Math.abs(tick.speedCmS);
  pushRecent(measures.shownSpeed, speedCmS);
  if (tick.contact && exceeded(measures.lostS, config.areaGapS)) {
    measures.firstTick = ticksIn(tick.tS);
    measures.firstContactS = tick.contactS;
  }
  measures.lostS = tick.contact ? 0 : measures.lostS + TICK_S;
  if (tick.contact) {
    pushRecent(measures.judgedSpeed, speedCmS);
    measures.positionCm = tick.positionCm;
  }
  stepStrokePace(measures.strokePace, tick.strokes, config.rhythmStrokeS);
  if (exceeded(measures.lostS, config.speedLostS)) {
    clearRecent(measures.judgedSpeed);
    clearStrokePace(measures.strokePace);
  }
  if (exceeded(measures.lostS, config.areaGapS)) {
    clearAreaDwell(measures.area);
    clearStillDwell(measures.still);
    measures.dwellS = 0;
  } else if (follows === 'path') {
    measures.dwellS = stepAreaDwell(measures.area, ticksIn(tick.tS), measures.positionCm) * TICK_S;
    if (measures.area.start === measures.firstTick) measures.dwellS += measures.firstContactS;
  } else if (follows === 'speed') {
    measures.dwellS = stepStillDwell(measures.still, tick.contact ? speedCmS : 0, config);
  }
}

/** S of the rules, cm/s; null until enough contact exists. */
export const judgedSpeedCmS = ({ judgedSpeed }: Measures, config: CoachingConfig): number | null =>
  judgedSpeed.count < ticksIn(config.speedMinContactS) ? null : meanOf(judgedSpeed);
