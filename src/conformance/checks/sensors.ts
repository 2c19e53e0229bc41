import type { RollerInfo } from '../../../firmware-protocol/info.ts';
import { CELL_FAULTY, STREAM_SAMPLE } from '../../../firmware-protocol/stream.ts';
import { fail, pass, passIf, skipped, type Check, type Verdict } from '../check.ts';
import { mainRun, type Case } from '../examine.ts';

/** Whether the numbers can be those of a roller: the laws of section 1, and scales that fit. */

const VALUES = STREAM_SAMPLE.length;
const FULL_SCALE = 32_768;
/** At rest for so long, each axis of specific force within such a band: more than the noise of a cheap sensor, less than 8 deg/s. */
const REST_S = 0.4;
const REST_BAND_G = 0.05;
/** Offsets and errors of scale of cheap accelerometers add up to less than this (MPU-6050: 80 mg along z, 3 %). */
const GRAVITY_ERROR_G = 0.12;
/** Zero-rate offset of cheap gyroscopes: 20 deg/s (MPU-6050). */
const REST_RATE_DPS = 30;
/** Turning is judged where specific force is mostly gravity and the roller is not spun; rates have to differ: 3 cm/s to and fro are 23 deg/s. */
const TURNING_DPS = { spread: 8, max: 400 } as const;
const MOSTLY_GRAVITY_G = { min: 0.75, max: 1.25 } as const;
/** Phase against rate: a wrong sign is -1, radians for degrees 57. */
const PHASE_PER_TURN = { min: 0.7, max: 1.3 } as const;

/** Stood on its end and laid down again, a roller turns by twice 90 degrees about another axis; beyond that it was rolled. */
const LIFTED_DEG = 200;

/** Sensor axes in the plane of rotation, first and second (section 1). */
const IN_PLANE = { x: [1, 2], y: [2, 0], z: [0, 1] } as const;
const ALONG = { x: 0, y: 1, z: 2 } as const;
const AXES = ['x', 'y', 'z'] as const;
type Axis = (typeof AXES)[number];

interface Samples {
  readonly rateHz: number;
  /** Deg/s and g, in the order of the frames; frames that a motor shook are left out. */
  readonly dps: readonly (readonly number[])[];
  readonly g: readonly (readonly number[])[];
  /** Whether a sample follows the one before it at once. */
  readonly follows: readonly boolean[];
}

function samplesOf(given: Case, info: RollerInfo): Samples | null {
  const run = mainRun(given);
  if (run === null || run.frames.length === 0) return null;
  const dps: number[][] = [];
  const g: number[][] = [];
  const follows: boolean[] = [];
  let lastSequence: number | null = null;
  for (const { frame } of run.frames) {
    const contiguous = lastSequence !== null && frame.sequence === ((lastSequence + 1) & 0xffff);
    lastSequence = frame.flags.hapticActive ? null : frame.sequence;
    if (frame.flags.hapticActive) continue;
    for (let k = 0; k < frame.imuCount; k++) {
      const raw = Array.from(frame.imu.subarray(k * VALUES, (k + 1) * VALUES));
      dps.push(raw.slice(0, 3).map((value) => (value * info.gyroRangeDps) / FULL_SCALE));
      g.push(raw.slice(3).map((value) => (value * info.accelRangeG) / FULL_SCALE));
      follows.push(k > 0 || contiguous);
    }
  }
  return { rateHz: info.imuRateMilliHz / 1000, dps, g, follows };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOf = (rows: readonly (readonly number[])[]): number[] => [0, 1, 2].map((axis) => mean(rows.map((row) => row[axis]!)));
const bandOf = (rows: readonly (readonly number[])[]): number =>
  Math.max(...[0, 1, 2].map((axis) => Math.max(...rows.map((row) => row[axis]!)) - Math.min(...rows.map((row) => row[axis]!))));
const length = (vector: readonly number[]): number => Math.hypot(...vector);

/** Mean specific force and rates of the quietest stretch; null where there is none that is quiet enough. */
function restOf({ rateHz, dps, g }: Samples): { g: number; dps: readonly number[] } | null {
  const count = Math.max(2, Math.round(REST_S * rateHz));
  let best: { band: number; at: number } | null = null;
  for (let at = 0; at + count <= g.length; at += Math.ceil(count / 2)) {
    const band = bandOf(g.slice(at, at + count));
    if (best === null || band < best.band) best = { band, at };
  }
  if (best === null || best.band > REST_BAND_G) return null;
  const stretch = <T>(rows: readonly T[]): readonly T[] => rows.slice(best.at, best.at + count);
  return { g: length(meanOf(stretch(g))), dps: meanOf(stretch(dps)) };
}

interface Turning {
  /** How far the phase went for each degree that the gyroscope told: the slope of a line through all steps, so that its offset does not count. */
  readonly phasePerTurn: number;
  /** How far the rates lay apart. */
  readonly spreadDps: number;
  /** To and fro together. */
  readonly turnedDeg: number;
}

function turningOf({ rateHz, dps, g, follows }: Samples, axis: Axis): Turning {
  const [first, second] = IN_PLANE[axis];
  const told: number[] = [];
  const seen: number[] = [];
  for (let i = 1; i < g.length; i++) {
    const [before, now] = [g[i - 1]!, g[i]!];
    const rate = (dps[i - 1]![ALONG[axis]]! + dps[i]![ALONG[axis]]!) / 2;
    const sizes = [before, now].map((force) => Math.hypot(force[first]!, force[second]!));
    const fits = sizes.every((size) => size > MOSTLY_GRAVITY_G.min && size < MOSTLY_GRAVITY_G.max);
    if (!follows[i] || !fits || Math.abs(rate) > TURNING_DPS.max) continue;
    const sine = now[first]! * before[second]! - now[second]! * before[first]!;
    const cosine = now[first]! * before[first]! + now[second]! * before[second]!;
    seen.push(((Math.atan2(sine, cosine) * 180) / Math.PI) * rateHz);
    told.push(rate);
  }
  const [toldMean, seenMean] = [mean(told), mean(seen)];
  const covariance = mean(told.map((rate, i) => (rate - toldMean) * (seen[i]! - seenMean)));
  const variance = mean(told.map((rate) => (rate - toldMean) ** 2));
  const turnedDeg = told.reduce((sum, rate) => sum + Math.abs(rate - toldMean), 0) / rateHz;
  return { phasePerTurn: covariance / variance, spreadDps: told.length === 0 ? 0 : Math.sqrt(variance), turnedDeg };
}

/** The other axis that the roller turned about, where there is one. */
function otherTurnedAbout(samples: Samples, named: Axis): Axis | null {
  return AXES.find((axis) => axis !== named && isTurning(turningOf(samples, axis))) ?? null;
}

const isTurning = ({ phasePerTurn, spreadDps, turnedDeg }: Turning): boolean =>
  spreadDps >= TURNING_DPS.spread && turnedDeg > LIFTED_DEG && isOneToOne(Math.abs(phasePerTurn));

const isOneToOne = (phasePerTurn: number): boolean => phasePerTurn >= PHASE_PER_TURN.min && phasePerTurn <= PHASE_PER_TURN.max;

const withSamples = (judge: (samples: Samples, info: RollerInfo) => Verdict) => (given: Case): Verdict => {
  const samples = given.info && samplesOf(given, given.info);
  return samples && given.info && samples.g.length > 0 ? judge(samples, given.info) : skipped('nothing was streamed');
};

const NO_REST = `the roller was not at rest for ${REST_S} s: let it lie`;

export const SENSOR_CHECKS: readonly Check[] = [
  {
    id: 'sensors/gravity',
    section: 1,
    expected: 'a specific force of 1 g at rest',
    judge: withSamples((samples) => {
      const rest = restOf(samples);
      return rest === null ? skipped(NO_REST) : passIf(Math.abs(rest.g - 1) <= GRAVITY_ERROR_G, `${rest.g.toFixed(3)} g`);
    }),
  },
  {
    id: 'sensors/gyro-at-rest',
    section: 5,
    expected: `a rate of rotation of at most ${REST_RATE_DPS} deg/s at rest`,
    judge: withSamples((samples) => {
      const rest = restOf(samples);
      return rest === null ? skipped(NO_REST) : passIf(length(rest.dps) <= REST_RATE_DPS, `${length(rest.dps).toFixed(2)} deg/s`);
    }),
  },
  {
    id: 'sensors/turning',
    section: 1,
    expected: 'a phase that grows by 1 degree for each degree of a positive turn about the axis',
    judge: withSamples((samples, { axis }) => {
      if (axis === 'unknown') return skipped('the axis is unknown');
      const { phasePerTurn, spreadDps } = turningOf(samples, axis);
      if (spreadDps < TURNING_DPS.spread) {
        const other = otherTurnedAbout(samples, axis);
        return other ? fail(`it turned about ${other}, and hardly about ${axis}, the axis named`) : skipped('the roller was hardly turned: roll it to and fro');
      }
      return passIf(isOneToOne(phasePerTurn), `${phasePerTurn.toFixed(2)} degrees, at rates ${spreadDps.toFixed(0)} deg/s apart`);
    }),
  },
  {
    id: 'sensors/faulty-cells',
    section: 6,
    expected: 'the fault cells in the status exactly where a cell is faulty',
    judge: (given) => {
      const last = mainRun(given)?.frames.findLast(({ frame }) => frame.readingCount > 0);
      if (!last || given.statusAtEnd === null) return skipped('no readings, or no status');
      const faulty = last.frame.pressure.filter((raw) => raw === CELL_FAULTY).length;
      const told = given.statusAtEnd.faults.cells;
      const found = `${faulty} faulty in the last frame, the fault ${told ? 'set' : 'not set'}`;
      return (faulty > 0) === told ? pass(found) : fail(found);
    },
  },
];
