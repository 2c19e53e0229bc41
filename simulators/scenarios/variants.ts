import { GROUPS, MUSCLE_GROUPS, type MuscleGroup } from '../../src/guide/groups.ts';
import { hold, idle, liftAndSpin, rhythm, shove, strokes, type Segment } from '../body/segment.ts';
import type { LinkFaults } from '../faults/link-faults.ts';
import { BALL, STICK, type RollerBuild } from '../roller/build.ts';
import { CREEPING, SENSORS, type SensorProfile } from '../roller/sensors.ts';
import { define, TYPICAL_PCT_BW } from './define.ts';
import type { Scenario } from './scenario.ts';

/*
 * Scenarios for the score: a few ways to roll, on whatever roller, with whatever sensors, over whatever link. What is due is not written
 * here; it follows from the true motion (tests/score/oracle.ts).
 */

type Trained = Exclude<MuscleGroup, 'unknown'>;
const TRAINED = MUSCLE_GROUPS.filter((group): group is Trained => group !== 'unknown');

const scenario = (name: string, title: string, group: MuscleGroup, segments: readonly Segment[], plan: Partial<Parameters<typeof define>[0]> = {}): Scenario =>
  define({ ...plan, name, title, group, segments: [idle(2), ...segments, idle(3)] });

/** Rolling well for 89 s, a little under the limit of the dose. */
const good = (group: Trained, sensors: SensorProfile, name = ''): Scenario => {
  const { name: muscle, pathCm } = GROUPS[group];
  const segments = [strokes(89, pathCm!, 2.5, TYPICAL_PCT_BW[group], 0.1)];
  return scenario(`good-${group}${name}`, `${muscle}: an inch a second for a minute and a half`, group, segments, { sensors });
};

/** Every fault of a group within a minute and a half: hurrying, hurrying much, staying, pressing. */
const faults = (group: Trained): Scenario => {
  const { name, pathCm, warnCmS, forcePctBw } = GROUPS[group];
  const load = TYPICAL_PCT_BW[group];
  const calm = (seconds: number): Segment => strokes(seconds, pathCm!, 2.5, load, 0.1);
  return scenario(`faults-${group}`, `${name}: too fast, much too fast, too long and too hard in turn`, group, [
    calm(5),
    strokes(6, pathCm!, 1.6 * warnCmS, load),
    calm(7),
    rhythm(6, pathCm!, (pathCm! / warnCmS) * 0.36, load),
    calm(7),
    hold(33, load),
    calm(4),
    strokes(4, pathCm!, 2.5, forcePctBw[0] * 1.16),
    calm(3),
    strokes(3, pathCm!, 2.5, forcePctBw[1] * 1.16),
    calm(3),
  ]);
};

const FAULTS = Object.fromEntries(TRAINED.map((group) => [group, faults(group)])) as Readonly<Record<Trained, Scenario>>;
const BASE = FAULTS.hamstrings;

type Change = Partial<Pick<Scenario, 'sensors' | 'slip' | 'link' | 'isUnknowable'>> & { readonly roller?: Partial<RollerBuild> };

/** The same person on another roller, with other sensors, over another link. */
const changed = (base: Scenario, name: string, title: string, { roller, ...rest }: Change): Scenario => ({
  ...base,
  ...rest,
  name,
  title,
  roller: { ...base.roller, ...roller },
  due: { states: [], cues: [] },
});

const stepping = (sensors: SensorProfile): SensorProfile => ({ ...sensors, gyro: { ...sensors.gyro, stepDps: 0.3 } });
const drifting: SensorProfile = { ...SENSORS.bmi270, clockPpm: [100, 100] };
const lossy = (loss: number, burstFrames = 1): LinkFaults => ({ loss, burstFrames, stall: null });

/** The mean length of a burst is 0.3 s: one in six is longer than what is bridged. */
const BURST_FRAMES = 15;

const CHANGES: readonly Scenario[] = [
  changed(BASE, 'sensors-bmi270', 'A BMI270', { sensors: SENSORS.bmi270 }),
  changed(BASE, 'sensors-mpu6050', 'An MPU6050', { sensors: SENSORS.mpu6050 }),
  ...[0, 3, 6].flatMap((offCm) => [
    changed(BASE, `mount-${offCm}cm`, `The IMU ${offCm} cm off the axis, and told so`, { sensors: SENSORS.bmi270, roller: { mountCm: [offCm, 0] } }),
    changed(BASE, `mount-${offCm}cm-untold`, `The IMU ${offCm} cm off the axis, and not told`, { sensors: SENSORS.bmi270, roller: { mountCm: [offCm, 0], untold: 'mount' } }),
  ]),
  changed(BASE, 'mount-6cm-mpu6050-untold', 'An MPU6050 6 cm off the axis, and not told', { sensors: SENSORS.mpu6050, roller: { mountCm: [6, 0], untold: 'mount' } }),
  changed(BASE, 'axis-unknown', 'Nobody says which axis the roller turns about; no cells', { sensors: SENSORS.bmi270, roller: { axis: 'z', untold: 'axis', cellsAround: 0, mountCm: [1, 0] } }),
  changed(BASE, 'axis-skewed', 'A sensor slipped in 25 degrees askew; no cells', { sensors: SENSORS.bmi270, roller: { axis: 'y', untold: 'axis', skewDeg: 25, cellsAround: 0, mountCm: [0, 0] } }),
  changed(BASE, 'temperature-steps', 'A gyroscope whose offset jumps by up to 0.3 deg/s as it is heated and cooled', { sensors: stepping(SENSORS.bmi270) }),
  changed(BASE, 'temperature-steps-mpu6050', 'The same with an MPU6050', { sensors: stepping(SENSORS.mpu6050) }),
  changed(BASE, 'clock-100ppm', 'A clock that is 100 ppm fast or slow', { sensors: drifting }),
  changed(BASE, 'loss-1', 'One frame in a hundred is lost', { sensors: SENSORS.bmi270, link: lossy(0.01) }),
  changed(BASE, 'loss-5', 'One frame in twenty is lost', { sensors: SENSORS.bmi270, link: lossy(0.05) }),
  changed(BASE, 'loss-bursts', 'One frame in twenty is lost, fifteen at a time', { sensors: SENSORS.bmi270, link: lossy(0.05, BURST_FRAMES) }),
  changed(BASE, 'loss-bursts-mpu6050', 'The same with an MPU6050', { sensors: SENSORS.mpu6050, link: lossy(0.05, BURST_FRAMES) }),
  changed(BASE, 'late-frames', 'A link that holds everything up for 0.8 s now and then', { sensors: SENSORS.bmi270, link: { loss: 0, burstFrames: 1, stall: { everyS: 7, lastS: 0.8 } } }),
  changed(BASE, 'cells-creep', 'Cells that creep by 15 % and do not come back at once', { sensors: CREEPING }),
  changed(BASE, 'soft-roller', 'Soft foam, whose radius is 4 mm shorter under the body', { sensors: SENSORS.bmi270, isUnknowable: true, roller: { texture: 'soft', giveMmPerN: 0.0175 } }),
  changed(BASE, 'slip', 'The roller slips now and then: half of the way of a second and a half', { sensors: SENSORS.bmi270, slip: 0.5, isUnknowable: true }),
];

/** Rolling well with every quality of sensors: first those that err most by their data sheet; then with all that can be wrong at once. */
const GOOD: readonly Scenario[] = TRAINED.flatMap((group) => {
  const worst = good(group, SENSORS.mpu6050);
  return [
    worst,
    good(group, SENSORS.clean, '-clean'),
    good(group, SENSORS.bmi270, '-bmi270'),
    changed(worst, `good-${group}-harsh`, `${worst.title}, with an MPU6050 6 cm off the axis that is heated and cooled, over a bursty link`, {
      sensors: stepping(SENSORS.mpu6050), link: lossy(0.05, BURST_FRAMES), roller: { mountCm: [6, 0], untold: 'mount' },
    }),
  ];
});

const handled = (name: string, title: string, segments: readonly Segment[], commands: Parameters<typeof define>[0]['commands'] = []): readonly Scenario[] => {
  const base = scenario(name, title, 'quadriceps', segments, { commands });
  return [base, changed(base, `${name}-mpu6050`, `${title}, with an MPU6050`, { sensors: SENSORS.mpu6050 })];
};
const quads = (seconds: number, speedCmS = 2.5): Segment => strokes(seconds, 38, speedCmS, 32, 0.1);

const HANDLED: readonly Scenario[] = [
  ...handled('lifts', 'Lifts of half a second, a second and a half, four and eight seconds', [
    quads(12), shove(0.5, 0), quads(10), shove(1.5, 4), quads(5), quads(8, 22), liftAndSpin(4, 25), quads(12, 22), liftAndSpin(8, 12), hold(21, 32), quads(10),
  ]),
  ...handled('side-switch', 'Left, right and left again: each side has a dose of its own', [quads(34), shove(4, 5), quads(8, 24), quads(60), liftAndSpin(4, 8), quads(34)], [
    { tS: 38, command: { type: 'select', group: 'quadriceps', side: 'right' } },
    { tS: 110, command: { type: 'select', group: 'quadriceps', side: 'left' } },
  ]),
  ...handled('phone-pauses', 'A look at the phone now and then, still on the roller', [quads(10), hold(8, 25), quads(12), hold(23, 25), quads(6, 20), hold(14, 20), quads(12), idle(22), quads(8)]),
];

/** Stays, and rests off the roller after them: where cells creep, the load seems to go on. */
const STAYS: readonly Segment[] = [
  strokes(20, 32, 4, 30, 0.1), hold(16, 30), idle(7), strokes(10, 32, 4, 30, 0.1), hold(24, 40), idle(12), strokes(12, 32, 4, 30, 0.1),
];
const CREPT: readonly Scenario[] = [
  // Ten centimetres turn the roller by less than a quarter: no cell that has been under the body comes to a side.
  changed(good('piriformis', CREEPING, '-creep'), 'creep-short-path', 'The same on a path too short to tell', { isUnknowable: true }),
  scenario('creep-stays', 'Stays and rests, on cells that creep by 15 %', 'hamstrings', STAYS, { sensors: CREEPING }),
  scenario('creep-stays-mass-unknown', 'The same, where contact is told by pressure', 'hamstrings', STAYS, { sensors: CREEPING, massKg: null }),
];

/** Pain of 7 asks to ease off, which is done; then 8 is reported. */
const HURTING: readonly Segment[] = [quads(16), strokes(8, 38, 4, 32), strokes(10, 38, 4, 24), strokes(12, 38, 4, 32), quads(6)];
const HURT: readonly Scenario[] = ([['pain', SENSORS.clean], ['pain-mpu6050', SENSORS.mpu6050]] as const).map(([name, sensors]) =>
  scenario(name, 'It hurts: 7 of 10, less load, and much later 8', 'quadriceps', HURTING, {
    sensors, commands: [{ tS: 20, command: { type: 'pain', nrs: 7 } }, { tS: 50, command: { type: 'pain', nrs: 8 } }],
  }),
);

/** On a ball and a stick: the loads are those of section 3.2 for small tools, well under their limits. */
const onTool = (build: RollerBuild, sensors: SensorProfile, name: string, title: string, segments: readonly Segment[], group: MuscleGroup = 'rhomboids'): Scenario =>
  scenario(name, title, group, segments, { roller: build, sensors });
const BALL_ROLLING: readonly Segment[] = [strokes(12, 14, 2.5, 20, 0.1), strokes(8, 14, 11, 20), strokes(8, 14, 2.5, 20), hold(33, 20), strokes(8, 14, 2.5, 20)];

/** 15 cm2 under 75 kg: 20 % of body weight is 98 kPa, 30 % 147 and 45 % 221; the limits are 120 and 180. */
const BALL_PRESSED: readonly Segment[] = [strokes(12, 14, 3, 15), strokes(6, 14, 3, 30), strokes(6, 14, 3, 18), strokes(5, 14, 3, 45), strokes(6, 14, 3, 15)];
/** 90 % of body weight on firm cells of 18 cm2: 94 kPa where four bear it, 62 where it is six, each clear of the limits of 75 and 112. */
const ROLLER_PRESSED: readonly Segment[] = [strokes(12, 38, 3, 25), hold(6, 90), strokes(6, 38, 3, 25)];
const PRESSED = scenario('roller-pressed', 'A roller pressed too hard by somebody of unknown weight', 'quadriceps', ROLLER_PRESSED, { massKg: null });
const PRESSED_SCENARIOS: readonly Scenario[] = [
  PRESSED,
  // Whether a cell at the edge of the patch bears 2 kPa, and so counts, is decided by offsets as large as 0.4.
  changed(PRESSED, 'roller-pressed-mpu6050', 'The same on cheap cells that nobody has tared', { sensors: SENSORS.mpu6050, isUnknowable: true }),
];

const TOOL_SCENARIOS: readonly Scenario[] = [
  onTool(BALL, SENSORS.clean, 'ball', 'A ball: too fast, then still for too long', BALL_ROLLING),
  onTool(BALL, SENSORS.bmi270, 'ball-bmi270', 'The ball with a BMI270', BALL_ROLLING),
  onTool(BALL, SENSORS.mpu6050, 'ball-mpu6050', 'The ball with an MPU6050', BALL_ROLLING),
  onTool(BALL, SENSORS.bmi270, 'ball-good', 'A ball rolled well', [strokes(58, 14, 2.5, 20, 0.1)]),
  ...([['ball-pressed', SENSORS.clean], ['ball-pressed-mpu6050', SENSORS.mpu6050]] as const).map(([name, sensors]) =>
    scenario(name, 'A ball pressed too hard by somebody of unknown weight', 'rhomboids', BALL_PRESSED, { roller: BALL, sensors, massKg: null }),
  ),
  onTool(STICK, SENSORS.clean, 'stick', 'A stick: nothing but time', [strokes(64, 20, 12, 20), hold(30, 20)], 'hamstrings'),
  onTool(STICK, SENSORS.bmi270, 'stick-bmi270', 'The stick with a BMI270', [strokes(64, 20, 12, 20), hold(30, 20)], 'hamstrings'),
];

export const VARIANT_SCENARIOS: readonly Scenario[] = [...GOOD, ...Object.values(FAULTS), ...CHANGES, ...CREPT, ...HANDLED, ...HURT, ...PRESSED_SCENARIOS, ...TOOL_SCENARIOS];
