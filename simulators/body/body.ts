import { createRandom } from '../random.ts';
import { meantSpeed, type Way } from './movement.ts';
import type { Segment } from './segment.ts';
import { smooth } from './smooth.ts';
import { createTissue } from './tissue.ts';

/** The person and the roller's place at an instant. */
export interface BodyState {
  /** Surface of the roller that has passed since the start, cm: R * angle. */
  xCm: number;
  vCmS: number;
  aCmS2: number;
  /** Way along the muscle, and its speed: other than the surface where the roller slips or its radius is not the nominal one. */
  muscleCm: number;
  muscleCmS: number;
  /** Of the body on the roller. */
  forceN: number;
  /** 0: the roller lies on the floor, 1: it is in the person's hands. */
  lift: number;
  /** Change of `lift`, 1/s. */
  liftRate: number;
  /** Load along the axis: -1 all on the negative end, 1 all on the positive end. */
  balance: number;
}

export interface Body {
  readonly durationS: number;
  /** Fills `out` with the state at `tS`; before 0 and after the end everything is at rest. */
  at(tS: number, out: BodyState): void;
}

export interface BodyOptions {
  readonly segments: readonly Segment[];
  readonly massKg: number;
  readonly seed: number;
  /** How much breath, tissue and tremor move the force; 0: the force is exactly as asked. */
  readonly liveliness: number;
  /** Surface that passes for a way along the muscle, at a time and under a load; 1 where it rolls. */
  readonly grip?: Grip | undefined;
}

export type Grip = (tS: number, forceN: number) => number;

/** Newtons of body weight per kg, as in the definition of % BW. */
export const WEIGHT_N_PER_KG = 9.81;

const STEP_S = 0.001;
/** A turn-around takes 0.25 s, getting on or off 0.4 s: twice these. */
const INERTIA_S = 0.125;
const WEIGHT_SHIFT_S = 0.2;
/** A lift begins when the body is off and ends before it is on again. */
const LIFT_MARGIN_S = 0.45;
const LIFT_SHIFT_S = 0.2;
/** The last movement fades out within this. */
const TAIL_S = 0.5;

/**
 * A person at work: what the segments ask for, through the inertia of a body. Speed is smoothed and position integrated
 * from it on a fine grid, so that position, speed and acceleration agree.
 */
export function createBody({ segments, massKg, seed, liveliness, grip }: BodyOptions): Body {
  const durationS = segments.reduce((sum, segment) => sum + segment.seconds, 0);
  const steps = Math.ceil((durationS + TAIL_S) / STEP_S) + 2;
  const meant = follow(segments, steps, seed);
  const muscleSpeed = smooth(meant.speed, INERTIA_S, STEP_S);
  const load = smooth(meant.load, WEIGHT_SHIFT_S, STEP_S);
  const newtons = (massKg * WEIGHT_N_PER_KG) / 100;
  const speed = grip === undefined ? muscleSpeed : muscleSpeed.map((value, i) => value * grip(i * STEP_S, load[i]! * newtons));
  const lift = smooth(meant.lift, LIFT_SHIFT_S, STEP_S);
  const place = integral(speed);
  const musclePlace = grip === undefined ? place : integral(muscleSpeed);
  const tissue = createTissue(seed, liveliness);
  const last = steps - 2;

  return {
    durationS,
    at(tS, out) {
      const steady = Math.max(0, Math.min(last, tS / STEP_S));
      const i = Math.min(last - 1, Math.floor(steady));
      const part = steady - i;
      const lerp = (values: Float64Array): number => values[i]! + (values[i + 1]! - values[i]!) * part;
      const slope = (index: number): number => (speed[index + 1]! - (speed[index - 1] ?? 0)) / (2 * STEP_S);
      out.vCmS = lerp(speed);
      out.xCm = place[i]! + ((speed[i]! + out.vCmS) / 2) * part * STEP_S;
      out.aCmS2 = slope(i) + (slope(i + 1) - slope(i)) * part;
      out.muscleCmS = grip === undefined ? out.vCmS : lerp(muscleSpeed);
      out.muscleCm = grip === undefined ? out.xCm : lerp(musclePlace);
      out.lift = lerp(lift);
      out.liftRate = (lift[i + 1]! - lift[i]!) / STEP_S;
      out.forceN = Math.max(0, lerp(load)) * newtons * tissue.force(tS, out.xCm);
      out.balance = tissue.balance(tS);
    },
  };
}

/** What the segments ask for at each step. */
function follow(segments: readonly Segment[], steps: number, seed: number): Record<'speed' | 'load' | 'lift', Float64Array> {
  const random = createRandom(seed, 'strokes');
  const asked = { speed: new Float64Array(steps), load: new Float64Array(steps), lift: new Float64Array(steps) };
  /** Place on the muscle: an empty roller moves without it. */
  let pathCm = 0;
  let way: Way = 1;
  let startS = 0;
  for (const { seconds, movement, pctBw, lifted } of segments) {
    const speedAt = meantSpeed(movement, way, random);
    const first = Math.round(startS / STEP_S);
    const end = Math.round((startS + seconds) / STEP_S);
    for (let i = first; i < end; i++) {
      const speed = speedAt(pathCm, (i - first + 0.5) * STEP_S);
      asked.speed[i] = speed;
      asked.load[i] = pctBw;
      if (pctBw > 0) pathCm += speed * STEP_S;
      if (speed !== 0) way = speed > 0 ? 1 : -1;
    }
    if (lifted) asked.lift.fill(1, first + Math.round(LIFT_MARGIN_S / STEP_S), Math.max(first, end - Math.round(LIFT_MARGIN_S / STEP_S)));
    startS += seconds;
  }
  return asked;
}

function integral(speed: Float64Array): Float64Array {
  const place = new Float64Array(speed.length);
  for (let i = 1; i < speed.length; i++) place[i] = place[i - 1]! + ((speed[i - 1]! + speed[i]!) / 2) * STEP_S;
  return place;
}

/** The body begins again after each end, with `restS` of an empty, still roller between. */
export function repeated(body: Body, restS: number): Body {
  const periodS = body.durationS + restS;
  const end: BodyState = atRest();
  body.at(periodS, end);
  return {
    durationS: Infinity,
    at(tS, out) {
      const round = Math.max(0, Math.floor(tS / periodS));
      body.at(tS - round * periodS, out);
      out.xCm += round * end.xCm;
      out.muscleCm += round * end.muscleCm;
    },
  };
}

export const atRest = (): BodyState => ({ xCm: 0, vCmS: 0, aCmS2: 0, muscleCm: 0, muscleCmS: 0, forceN: 0, lift: 0, liftRate: 0, balance: 0 });
