import { VALUES } from './frames.ts';

/** Rates that such a sensor can be set to and that are of use for rolling, Hz (WitMotion's Bluetooth 5.0 protocol, register 0x03). */
const RATES_HZ = [10, 20, 50, 100, 200] as const;
/** A rate is judged over so long: a connection delivers in lumps of up to 0.1 s, and the rates are a factor of two apart. */
const WINDOW_S = 1;
const LEAST_SAMPLES = 5;
/** Nothing for so long: the stream was interrupted, and counts anew. */
const GAP_S = 1;
/** Another rate than before is believed the second time. */
const TIMES = 2;
/** Three seconds at the highest rate: lumps as big as this are no stream. */
const HELD_LIMIT = 600 * VALUES;

/** How fast the samples come: the sensor does not say, and may have been set by another app. Plain data. */
export interface Pace {
  rateHz: number | null;
  /** Arrival of the first and the last notification of the present window, s; null before the first. */
  firstS: number | null;
  lastS: number;
  /** Samples after the first notification of the window. */
  samples: number;
  /** The rate that was found instead, and how often in a row. */
  other: number | null;
  times: number;
  /** Raw values that wait for the rate to be known. */
  held: number[];
}

export const createPace = (): Pace => ({ rateHz: null, firstS: null, lastS: 0, samples: 0, other: null, times: 0, held: [] });

/**
 * Takes the raw values of a notification and gives those that can be placed in time: none until the rate is known, after a second, and then
 * all of them.
 */
export function keepPace(pace: Pace, arrivalS: number, values: readonly number[]): readonly number[] {
  if (pace.firstS === null || arrivalS - pace.lastS > GAP_S) {
    beginWindow(pace, arrivalS);
    pace.held = [];
  } else {
    pace.samples += values.length / VALUES;
    if (arrivalS - pace.firstS >= WINDOW_S && pace.samples >= LEAST_SAMPLES) judge(pace, arrivalS);
  }
  pace.lastS = arrivalS;
  if (pace.rateHz !== null && pace.held.length === 0) return values;
  pace.held.push(...values);
  if (pace.rateHz === null) {
    pace.held.splice(0, pace.held.length - HELD_LIMIT);
    return [];
  }
  const released = pace.held;
  pace.held = [];
  return released;
}

function beginWindow(pace: Pace, arrivalS: number): void {
  Object.assign(pace, { firstS: arrivalS, lastS: arrivalS, samples: 0 });
}

function judge(pace: Pace, arrivalS: number): void {
  const rateHz = nearestRate(pace.samples / (arrivalS - pace.firstS!));
  pace.times = rateHz === pace.other ? pace.times + 1 : 1;
  pace.other = rateHz;
  if (pace.rateHz === null || pace.times >= TIMES) pace.rateHz = rateHz;
  beginWindow(pace, arrivalS);
}

/** By ratio: twice is as far as half. */
const nearestRate = (hz: number): number =>
  RATES_HZ.reduce<number>((best, rate) => (Math.abs(Math.log(rate / hz)) < Math.abs(Math.log(best / hz)) ? rate : best), RATES_HZ[0]);
