import { describe, expect, test, vi } from 'vitest';
import { decodeStream } from '../../firmware-protocol/stream.ts';
import { hold, strokes, type Segment } from '../../simulators/body/segment.ts';
import { createVirtualRoller } from '../../simulators/roller/roller.ts';
import { SENSORS } from '../../simulators/roller/sensors.ts';
import { define } from '../../simulators/scenarios/define.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { fakeTime, pass, passUntil, settled } from '../radio/virtual-time.ts';
import { PATTERN, PATTERN_S, RINGING_S, runHaptic, type HapticRun } from './haptic-run.ts';
import { openStage } from './stage.ts';

const BURSTS_S = [15, 22, 29, 36, 43, 50];
const SECONDS = 60;
/** A tick is disturbed where any of its samples is, and frames hold two. */
const GRAIN_S = 0.12;
const isBurst = (tS: number): boolean => BURSTS_S.some((atS) => tS >= atS && tS <= atS + PATTERN_S + RINGING_S + GRAIN_S);

const scenarioOf = (name: string, segments: readonly Segment[], untold: 'nothing' | 'axis' = 'nothing'): Scenario =>
  define({ name, title: name, group: 'quadriceps', sensors: SENSORS.bmi270, segments, roller: { untold } });
const STILL = [strokes(10, 30, 6, 30), hold(50, 30)];

describe.each([
  ['lies still', scenarioOf('still', STILL)],
  ['rolls', scenarioOf('rolling', [strokes(60, 30, 6, 30)])],
  ['rolls too fast', scenarioOf('fast', [strokes(20, 30, 6, 30), strokes(40, 30, 16, 30)])],
])('six bursts of vibration while the roller %s', (_what, scenario) => {
  const calm = runHaptic({ scenario, seconds: SECONDS, burstsS: [] });
  const shaken = runHaptic({ scenario, seconds: SECONDS, burstsS: BURSTS_S });
  const farthest = (value: (tick: MotionTick) => number, when: (tS: number) => boolean = () => true): number =>
    Math.max(...shaken.ticks.map((tick, index) => (when(tick.tS) ? Math.abs(value(tick) - value(calm.ticks[index]!)) : 0)));

  test('are flagged in the frames from the first pulse to 150 ms after the last, and so in the ticks', () => {
    expect(calm.flaggedS).toEqual([]);
    for (const atS of BURSTS_S) {
      const flaggedS = shaken.flaggedS.filter((tS) => tS >= atS && tS < atS + 5);
      expect(flaggedS[0]! - atS).toBeLessThan(0.05);
      expect(flaggedS.at(-1)! - atS).toBeCloseTo(PATTERN_S + RINGING_S, 1);
      expect(flaggedS.length).toBeGreaterThanOrEqual(Math.floor((PATTERN_S + RINGING_S) / 0.02));
    }
    expect(shaken.ticks.filter(({ disturbed, tS }) => disturbed !== isBurst(tS)).length).toBeLessThan(3 * BURSTS_S.length);
    expect(shaken.ticks.filter(({ disturbed, tS }) => disturbed && !isBurst(tS))).toEqual([]);
  });

  test('move neither contact nor force', () => {
    expect(shaken.ticks.map(({ contact }) => contact)).toEqual(calm.ticks.map(({ contact }) => contact));
    expect(farthest(({ forceN }) => forceN ?? 0, (tS) => !isBurst(tS))).toBeLessThan(0.5);
  });

  test('move the position by less than a centimetre, and no speed that counts', () => {
    expect(farthest(({ positionCm }) => positionCm)).toBeLessThan(1);
    expect(farthest(({ speedCmS }) => speedCmS, (tS) => !isBurst(tS))).toBeLessThan(0.7);
  });

  test('bring no rule on that was not due, and hold up those that are for no longer than they last', () => {
    const onsets = ({ states }: HapticRun): string[] => states.map(({ kind, level, phase }) => `${kind} ${level} ${phase}`);
    expect(onsets(shaken)).toEqual(onsets(calm));
    for (const [index, { tS }] of shaken.states.entries()) {
      const delayS = tS - calm.states[index]!.tS;
      expect(delayS).toBeGreaterThan(-0.15);
      expect(delayS).toBeLessThanOrEqual(2 * (PATTERN_S + RINGING_S + GRAIN_S));
    }
  });
});

describe('the speed that is shown through a burst', () => {
  const BURST_S = 30;
  const SHOWN_S = 0.7;
  const shownBetween = ({ ticks, shownCmS }: HapticRun, fromS: number, toS: number): readonly (number | null)[] =>
    shownCmS.filter((_, index) => ticks[index]!.tS >= fromS && ticks[index]!.tS < toS);

  test('is 0 where the roller lies still', () => {
    const run = runHaptic({ scenario: scenarioOf('still', STILL), seconds: 35, burstsS: [BURST_S] });
    expect(Math.max(...shownBetween(run, BURST_S, BURST_S + 3).map(Number))).toBeLessThan(0.2);
  });

  test('is that before it where it rolls, and the true one when it is over', () => {
    const scenario = scenarioOf('rolling', [strokes(60, 30, 6, 30)]);
    const [calm, shaken] = [[], [BURST_S]].map((burstsS) => runHaptic({ scenario, seconds: 35, burstsS }));
    const during = shownBetween(shaken!, BURST_S + 0.2, BURST_S + PATTERN_S);
    expect(new Set(during).size).toBe(1);
    expect(during[0]).toBeGreaterThan(1);
    const afterS = BURST_S + PATTERN_S + RINGING_S + GRAIN_S + SHOWN_S;
    const dueCmS = shownBetween(calm!, afterS, 35);
    for (const [index, cmS] of shownBetween(shaken!, afterS, 35).entries()) expect(cmS).toBeCloseTo(dueCmS[index]!, 0);
  });

  test('is measured on where the motor goes on and on', () => {
    const burstsS = Array.from({ length: 12 }, (_, index) => BURST_S + index * PATTERN_S);
    const run = runHaptic({ scenario: scenarioOf('moving off', [hold(30, 30), strokes(20, 30, 10, 30)]), seconds: 38, burstsS });
    expect(run.ticks.filter(({ tS, disturbed }) => tS > BURST_S + 0.2 && tS < 38 && !disturbed)).toEqual([]);
    expect(Math.max(...shownBetween(run, BURST_S, BURST_S + 1).map(Number))).toBeLessThan(0.5);
    expect(Math.max(...shownBetween(run, BURST_S + 3, 38).map(Number))).toBeGreaterThan(5);
  });
});

test('a roller at rest is at rest through a burst, whose samples would say otherwise', () => {
  const scenario = scenarioOf('still', STILL, 'axis');
  const stillS = (unflagged: boolean): number => runHaptic({ scenario, seconds: 40, burstsS: [39], unflagged }).pipeline.motion!.roll.search!.rest.stillS;
  expect(stillS(false)).toBeGreaterThan(20);
  expect(stillS(true)).toBeLessThan(0.5);
});

test('a pattern that is asked for over the radio comes back as flagged frames', async () => {
  fakeTime();
  const stage = await openStage();
  stage.air.peripheral(createVirtualRoller({ scenario: scenarioOf('still', STILL), seed: 1 }), { address: 'f0:a1:00:00:00:09' });
  const roller = stage.watch();
  await passUntil(() => roller.state() === 'streaming');
  expect(await settled(roller.link.request(PATTERN))).toEqual({ procedure: 'haptic', result: 'success' });
  await pass(3000);
  const flagged = roller.events.filter((event) => {
    const frame = event.type === 'frame' && event.characteristic === 'stream' ? decodeStream(event.bytes) : null;
    return frame?.ok && frame.value.flags.hapticActive;
  });
  expect(flagged.length * 0.02).toBeCloseTo(PATTERN_S + RINGING_S, 1);
  await stage.close();
  vi.useRealTimers();
});
