import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atRest } from '../../simulators/body/body.ts';
import { hold, idle, liftAndSpin, microRolls, strokes, type Segment } from '../../simulators/body/segment.ts';
import { simulate } from '../../simulators/offline.ts';
import type { RollerBuild } from '../../simulators/roller/build.ts';
import { SENSORS, type SensorProfile } from '../../simulators/roller/sensors.ts';
import { define } from '../../simulators/scenarios/define.ts';
import { personOf, type Scenario } from '../../simulators/scenarios/scenario.ts';
import { createDistance, distanceProgress } from '../../src/motion/calibration-distance.ts';
import { calibrationSampleOf, type CalibrationEvent, type CalibrationSample } from '../../src/motion/calibration-step.ts';
import { fitCalibration } from '../../src/motion/calibration-values.ts';
import { createWeight, weightProgress } from '../../src/motion/calibration-weight.ts';
import { stepCalibration, type CalibrationState } from '../../src/motion/calibration.ts';
import { createRollerDecoder, decodeEvent } from '../../src/link/drivers/roller-v1.ts';
import { calibrateMotion, createMotion, setBodyMass, stepMotion, type MotionState } from '../../src/motion/motion.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { createTimebase, placeBlock } from '../../src/motion/timebase.ts';
import type { Frame } from './synthetic.ts';

interface Played {
  readonly event: CalibrationEvent | null;
  readonly ticks: readonly MotionTick[];
}

/** A scenario's frames through motion, with a calibration that watches. */
function play(scenario: Scenario, calibration: CalibrationState | null, prepare: (motion: MotionState) => void = () => undefined): Played {
  const decoder = createRollerDecoder();
  const timebase = createTimebase();
  const ticks: MotionTick[] = [];
  let motion: MotionState | null = null;
  let event: CalibrationEvent | null = null;
  const seconds = scenario.segments.reduce((sum, segment) => sum + segment.seconds, 0);
  for (const frame of simulate({ scenario, seed: 4, seconds })) {
    if (frame.type !== 'frame') continue;
    const block = decodeEvent(decoder, frame satisfies Frame);
    if (motion === null && decoder.geometry !== null) {
      motion = createMotion(decoder.geometry);
      setBodyMass(motion, scenario.massKg);
      prepare(motion);
    }
    const placed = block && placeBlock(timebase, block);
    if (!placed || motion === null) continue;
    for (const tick of stepMotion(motion, placed)) {
      ticks.push(tick);
      if (calibration !== null && event === null) event = stepCalibration(calibration, calibrationSampleOf(motion, tick));
    }
  }
  return { event, ticks };
}

interface Setting {
  readonly segments: readonly Segment[];
  readonly roller?: Partial<RollerBuild>;
  readonly sensors?: SensorProfile;
  readonly massKg?: number | null;
}
const setting = (given: Setting): Scenario => define({ name: 'calibration', title: 'calibration', group: 'unknown', ...given });

/** From mark to mark at 12.5 cm/s: the roller goes on in one direction for so long. */
const rollOn = (cm: number, pctBw = 30): Segment[] => [hold(3, pctBw), strokes(cm / 12.5, 1000, 12.5, pctBw), hold(3, pctBw)];

describe('sitting on the roller with the full weight', () => {
  const sit = (pctBw: number): Segment[] => [idle(4), hold(6, pctBw)];
  const weigh = (pctBw: number, more: Partial<Setting> = {}, scale = 1): CalibrationEvent | null =>
    play(setting({ segments: sit(pctBw), ...more }), createWeight(75, scale), (motion) => calibrateMotion(motion, 7.5, scale)).event;

  it('gives the factor on the force: 1 where the cells are right', () => {
    expect(weigh(100)).toMatchObject({ type: 'done', unusual: false });
    expect((weigh(100) as { value: number }).value).toBeCloseTo(1, 1);
  });

  it.each([['bmi270', 0.03], ['mpu6050', 0.08]] as const)('is within what the parts of a %s roller differ by', (name, within) => {
    const event = weigh(100, { sensors: SENSORS[name] });
    expect(event?.type).toBe('done');
    expect(Math.abs((event as { value: number }).value - 1)).toBeLessThan(within);
  });

  it('is the same whatever factor is in force meanwhile, also where the force reads as more than a body', () => {
    // Cells that read 150 % of the truth: 100 % of the weight reads as 150.
    for (const scale of [0.6, 1, 1.7]) expect((weigh(150, {}, scale) as { value: number }).value).toBeCloseTo(0.67, 1);
  });

  it('refuses what cannot be the full weight, and tells what it found', () => {
    expect(weigh(40)).toMatchObject({ type: 'refused', reason: 'implausible' });
    expect((weigh(40) as { value: number }).value).toBeCloseTo(2.5, 0);
    expect(weigh(220)).toMatchObject({ type: 'refused', reason: 'implausible' });
  });

  it('refuses when nobody sits down, when the person moves, when the roller does', () => {
    expect(weigh(0, { segments: [idle(32)] })).toEqual({ type: 'refused', reason: 'nobody', value: null });
    const fidget = Array.from({ length: 24 }, (_, i) => hold(1.5, i % 2 === 0 ? 100 : 70));
    expect(weigh(0, { segments: fidget })).toEqual({ type: 'refused', reason: 'not-still', value: null });
    expect(weigh(0, { segments: [microRolls(34, 2, 2, 100)] })).toEqual({ type: 'refused', reason: 'not-still', value: null });
  });

  it('refuses without calibrated cells: there is no force', () => {
    const state = createWeight(75, 1);
    const blind = { contact: true, turnedRad: 0, forceN: null, relativeLoad: null, saturated: false, disturbed: false };
    let event: CalibrationEvent | null = null;
    for (let tick = 0; event === null; tick++) event = stepCalibration(state, { ...blind, tS: tick / 10 });
    expect(event).toMatchObject({ type: 'refused', reason: 'not-still' });
  });
});

describe('rolling a marked 50 cm', () => {
  const roll = (segments: readonly Segment[], roller: Partial<RollerBuild> = {}, sensors: SensorProfile = SENSORS.clean): CalibrationEvent | null =>
    play(setting({ segments, roller, sensors }), createDistance(roller.radiusCm ?? 7.5)).event;

  it.each([['clean', 0.02], ['bmi270', 0.05], ['mpu6050', 0.05]] as const)('gives the radius, with %s sensors', (name, withinCm) => {
    const event = roll(rollOn(50), {}, SENSORS[name]);
    expect(event).toMatchObject({ type: 'done', unusual: false });
    expect(Math.abs((event as { value: number }).value - 7.5)).toBeLessThan(withinCm);
  });

  it('gives the radius that foam has under load', () => {
    // 0.02 mm/N under 30 % of 75 kg, 221 N: 4.4 mm.
    const event = roll(rollOn(50), { texture: 'soft', giveMmPerN: 0.02 });
    expect((event as { value: number }).value).toBeCloseTo(7.5 - 0.44, 1);
    const soft = roll(rollOn(50), { texture: 'soft', giveMmPerN: 0.06 });
    expect(soft).toMatchObject({ type: 'done', unusual: true });
  });

  it('refuses another length', () => {
    expect(roll(rollOn(30))).toMatchObject({ type: 'refused', reason: 'implausible' });
    expect(roll(rollOn(80))).toMatchObject({ type: 'refused', reason: 'implausible' });
  });

  it('refuses when it was lifted on the way', () => {
    const lifted = [hold(3, 30), strokes(2, 1000, 12.5, 30), liftAndSpin(3, 10), ...rollOn(25)];
    expect(roll(lifted)).toMatchObject({ type: 'refused', reason: 'lifted' });
  });

  it('refuses when it turned back', () => {
    expect(roll([hold(3, 30), strokes(8, 40, 12.5, 30), hold(3, 30)])).toMatchObject({ type: 'refused', reason: 'turned-back' });
  });

  it('refuses when nothing is rolled', () => {
    expect(roll([hold(62, 30)])).toMatchObject({ type: 'refused', reason: 'not-rolled' });
    expect(roll([idle(62)])).toMatchObject({ type: 'refused', reason: 'nobody' });
  });

  it('makes the speed of soft foam right', () => {
    const roller = { texture: 'soft', giveMmPerN: 0.02 } as const;
    const { value } = roll(rollOn(50), roller) as { value: number };
    const scenario = setting({ segments: [idle(2), strokes(30, 30, 10, 30)], roller });
    const person = personOf(scenario, 4);
    const state = atRest();
    const muscleCm = (tS: number): number => {
      person.at(tS, state);
      return state.muscleCm;
    };
    const error = (radiusCm: number): number => {
      const { ticks } = play(scenario, null, (motion) => calibrateMotion(motion, radiusCm, 1));
      const off = ticks.slice(50).map(({ tS, speedCmS }) => speedCmS - (muscleCm(tS) - muscleCm(tS - 0.1)) / 0.1);
      return Math.sqrt(off.reduce((sum, each) => sum + each * each, 0) / off.length);
    };
    expect(error(7.5)).toBeGreaterThan(0.45);
    expect(error(value)).toBeLessThan(0.1);
  });
});

describe('every calibration', () => {
  const sample = fc.record({
    contact: fc.boolean(),
    turnedRad: fc.double({ min: -0.6, max: 0.6, noNaN: true }),
    forceN: fc.option(fc.double({ min: 0, max: 3000, noNaN: true }), { nil: null }),
    relativeLoad: fc.constant(null),
    saturated: fc.boolean(),
    disturbed: fc.boolean(),
  });
  const run = (state: CalibrationState, samples: readonly Omit<CalibrationSample, 'tS'>[]): { event: CalibrationEvent | null; count: number } => {
    for (const [count, each] of samples.entries()) {
      const event = stepCalibration(state, { ...each, tS: count / 10 });
      if (event !== null) return { event, count };
    }
    return { event: null, count: samples.length };
  };
  /** Runs of alike samples: what people do lasts. */
  const samples = fc.array(fc.tuple(sample, fc.integer({ min: 1, max: 60 })), { minLength: 20, maxLength: 60 })
    .map((runs) => runs.flatMap(([each, times]) => Array.from({ length: times }, () => each)));

  it('ends within its time, and a value it gives is one that makes sense', () => {
    const scales = fc.double({ min: 0.5, max: 2, noNaN: true });
    fc.assert(fc.property(samples, fc.integer({ min: 25, max: 300 }), scales, (given, massKg, scale) => {
      const weight = run(createWeight(massKg, scale), given);
      expect(weight.count).toBeLessThanOrEqual(301);
      if (weight.event?.type === 'done') {
        const { value } = weight.event;
        expect(fitCalibration(7.5, { radiusCm: null, forceScale: value }).forceScale).toBe(value);
      }
      const distance = run(createDistance(7.5), given);
      expect(distance.count).toBeLessThanOrEqual(601);
      if (distance.event?.type === 'done') {
        const { value } = distance.event;
        expect(fitCalibration(7.5, { radiusCm: value, forceScale: null }).radiusCm).toBe(value);
      }
    }));
  });

  it('never takes a force that was not held, or a way with a lift in it', () => {
    fc.assert(fc.property(fc.array(sample, { minLength: 700, maxLength: 700 }), (given) => {
      const lifts = given.map((each, i) => ({ ...each, contact: i % 25 !== 0 }));
      expect(run(createWeight(75, 1), lifts).event?.type).toBe('refused');
      expect(run(createDistance(7.5), lifts).event?.type).toBe('refused');
    }), { numRuns: 30 });
  });

  it('tells how far it is', () => {
    const still = { contact: true, turnedRad: 0, forceN: 700, relativeLoad: null, saturated: false, disturbed: false };
    const weight = createWeight(75, 1);
    run(weight, Array.from({ length: 15 }, () => still));
    expect(weightProgress(weight)).toBeCloseTo(0.5, 9);
    const distance = createDistance(7.5);
    const rolling = { ...still, turnedRad: 2.5 / 7.5 };
    run(distance, [...Array.from({ length: 10 }, () => still), ...Array.from({ length: 10 }, () => rolling)]);
    expect(distanceProgress(distance)).toBeCloseTo(0.5, 6);
  });

  it('is left out where it makes no sense for the roller', () => {
    expect(fitCalibration(7.5, { radiusCm: 7, forceScale: 1.2 })).toEqual({ radiusCm: 7, forceScale: 1.2 });
    expect(fitCalibration(7.5, { radiusCm: 70, forceScale: 12 })).toEqual({ radiusCm: 7.5, forceScale: 1 });
    expect(fitCalibration(7.5, { radiusCm: null, forceScale: null })).toEqual({ radiusCm: 7.5, forceScale: 1 });
  });
});
