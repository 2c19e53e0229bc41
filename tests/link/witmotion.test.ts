import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hold, strokes } from '../../simulators/body/segment.ts';
import { SENSORS } from '../../simulators/roller/sensors.ts';
import { define } from '../../simulators/scenarios/define.ts';
import type { RadioFirmware } from '../../simulators/radio/firmware.ts';
import { analyze } from '../../src/cli/analysis.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { createDistance, MARKED_CM, stepDistance } from '../../src/motion/calibration-distance.ts';
import { calibrationSampleOf, type CalibrationEvent } from '../../src/motion/calibration-step.ts';
import { viewPipeline } from '../../src/pipeline.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { saveRecording } from '../../src/sessions/writer.ts';
import { META } from '../sessions/samples.ts';
import { inScratch } from '../sessions/scratch.ts';
import { runWitMotion, truthOf, type WitMotionRun } from './witmotion-run.ts';

/** 30 s at 8 cm/s, then 30 s far too fast. */
const SCENARIO = define({
  name: 'witmotion', title: 'Good, then fast', group: 'hamstrings', sensors: SENSORS.bmi270,
  segments: [hold(2, 30), strokes(30, 30, 8, 30), strokes(30, 30, 20, 30)],
});

/** Root of the mean square of the difference in speed, cm/s, between two times. */
function speedErrorCmS({ ticks }: WitMotionRun, fromS: number, toS: number): number {
  const truth = truthOf(SCENARIO, 65);
  const found = ticks.filter(({ tS }) => tS >= fromS && tS <= toS);
  expect(found.length).toBeGreaterThan(10 * (toS - fromS) - 3);
  // Which way along the axis is positive is for the sensor to choose.
  const rms = (sign: number): number =>
    Math.sqrt(found.reduce((sum, { tS, speedCmS }) => sum + (sign * speedCmS - truth[Math.round(tS * 10) - 1]!.speedCmS) ** 2, 0) / found.length);
  return Math.min(rms(1), rms(-1));
}

describe('a WitMotion over the real noble', () => {
  test.each([
    [10, { radiusMm: 75, axis: 'x' }],
    [100, { radiusMm: 75, axis: 'auto' }],
    [200, { radiusMm: 75, axis: 'x' }],
  ] as const)('that was set to %i Hz streams at 100 Hz, its speed is right, and going too fast is told: %o', async (rateHz, mounting) => {
    const run = await runWitMotion({ scenario: SCENARIO, seconds: 62, rateHz, mounting });
    expect(run.states).toEqual(['scanning', 'connecting', 'discovering', 'subscribing', 'streaming']);
    expect(run.pipeline.decoder.driver).toBe('witmotion');
    expect(Object.values(run.pipeline.decoder.faults).every((count) => count === 0)).toBe(true);
    expect(run.pipeline.quality).toMatchObject({ lost: 0, gaps: 0 });
    expect(speedErrorCmS(run, 10, 60)).toBeLessThan(0.5);
    const told = run.cues.filter(({ phase, kind }) => phase === 'start' && kind === 'too-fast');
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]!.tS).toBeGreaterThan(32);
    expect(told[0]!.tS).toBeLessThan(37);
    expect(run.cues.some(({ kind, tS }) => kind === 'too-fast' && tS < 32)).toBe(false);
  });

  test.each([10, 20, 50, 200])('that takes no command goes on at its %i Hz, and is read as that', async (rateHz) => {
    const run = await runWitMotion({ scenario: SCENARIO, seconds: 45, rateHz, deaf: true, mounting: { radiusMm: 75, axis: 'x' } });
    expect(speedErrorCmS(run, 10, 43)).toBeLessThan(rateHz < 50 ? 1 : 0.5);
    expect(run.cues.some(({ kind }) => kind === 'too-fast')).toBe(true);
  });

  test('is motion only: contact is taken for granted, and there is no force', async () => {
    const run = await runWitMotion({ scenario: SCENARIO, seconds: 12 });
    expect(run.ticks.at(-1)).toMatchObject({ contact: true, contactAssumed: true, forceN: null, pressureKpa: null });
    const view = viewPipeline(run.pipeline);
    expect(view.info).toMatchObject({ deviceId: 'ffe5ddcd154cf231', axis: 'unknown', radiusMm: 75, cells: [] });
    expect(view.roller).toMatchObject({ id: 'ffe5ddcd154cf231', name: 'WT901BLE67', driver: 'witmotion', address: 'dd:cd:15:4c:f2:31' });
    expect(view.batteryPct).toBeNull();
  });

  test('goes by the radius that the person gives', async () => {
    const inRollerOf = (radiusMm: number): Promise<WitMotionRun> => runWitMotion({ scenario: SCENARIO, seconds: 30, mounting: { radiusMm, axis: 'x' } });
    const [usual, small] = [await inRollerOf(75), await inRollerOf(60)];
    const wayCm = ({ ticks }: WitMotionRun): number => ticks.reduce((sum, { speedCmS }) => sum + Math.abs(speedCmS) / 10, 0);
    expect(wayCm(small) / wayCm(usual)).toBeCloseTo(0.8, 2);
  });

  test.each(['x', 'auto'] as const)('whose radius nobody knows is calibrated by rolling it 50 cm (axis %s)', async (axis) => {
    const small = define({
      name: 'marked', title: 'From mark to mark', group: 'hamstrings', sensors: SENSORS.bmi270, roller: { radiusCm: 6.2 },
      // To and fro a little first: so the axis is found. The last of it goes the way that is then measured.
      segments: [hold(1, 30), strokes(5.6, 15, 6, 30), hold(3, 30), strokes(5, 200, 10, 30), hold(5, 30)],
    });
    const { ticks, pipeline } = await runWitMotion({ scenario: small, seconds: 21, mounting: { radiusMm: 75, axis } });
    const truth = truthOf(small, 21);
    const wayCm = Math.abs(truth.at(-1)!.positionCm - truth[79]!.positionCm);
    const state = createDistance(7.5);
    let outcome: CalibrationEvent | null = null;
    for (const tick of ticks.filter(({ tS }) => tS > 7.2)) outcome ??= stepDistance(state, calibrationSampleOf(pipeline.motion!, tick));
    expect(outcome).toMatchObject({ type: 'done', value: expect.any(Number) as number });
    expect(outcome!.value! * (wayCm / MARKED_CM)).toBeCloseTo(6.2, 1);
  });

  test('refuses what it has not got by a code, and goes on', async () => {
    const results: string[] = [];
    const run = await runWitMotion({
      scenario: SCENARIO, seconds: 12,
      meanwhile: {
        atS: 6,
        work: async (link) => {
          results.push((await link.request({ procedure: 'haptic', pulses: 1, pulseMs: 150, gapMs: 150, strengthPct: 80 })).result);
          for (const procedure of ['start', 'stop', 'tare'] as const) results.push((await link.request({ procedure })).result);
        },
      },
    });
    expect(results).toEqual(Array(4).fill('opCodeNotSupported'));
    expect(run.states.at(-1)).toBe('streaming');
    expect(run.ticks.at(-1)!.tS).toBeGreaterThan(11);
  });

  const losses = ['drop:at=20s', 'vanish:at=20s,for=5s', 'adapter-off:at=20s', 'blackout:at=20s,for=6s', 'reset:at=20s'];
  test.each(losses)('%s: it is found again, and the dose goes on', async (faults) => {
    const run = await runWitMotion({ scenario: SCENARIO, seconds: 45, faults });
    expect(run.states.filter((state) => state === 'streaming')).toHaveLength(2);
    expect(run.ticks.at(-1)!.tS).toBeGreaterThan(43);
    expect(run.ticks.some(({ gap }) => gap)).toBe(true);
    // What comes after is where it belongs in time, to the tenth of a second that arrival tells.
    expect(speedErrorCmS(run, 30, 31.5)).toBeLessThan(1);
    expect(run.pipeline.decoder.faults['unknown-frame']).toBe(0);
    expect(run.cues.some(({ kind }) => kind === 'too-fast')).toBe(true);
  });

  test('recorded as it came, it gives the same cues and the same motion again', async () => {
    const live = await runWitMotion({ scenario: SCENARIO, seconds: 50, faults: 'drop:at=20s', mounting: { radiusMm: 70, axis: 'auto' } });
    const recording = await inScratch(async (folder) => {
      const file = join(folder, 'sensor.mcap');
      await saveRecording(file, META, live.events);
      return readRecording(file);
    });
    expect(recording.damage).toBeNull();
    const sent = (events: readonly { type: string }[]): unknown[] =>
      events.filter((event) => event.type === 'frame').map((event) => Buffer.from((event as unknown as { bytes: Uint8Array }).bytes).toString('hex'));
    expect(sent(recording.events)).toEqual(sent(live.events));
    const analysis = analyze(recording, { coaching: defaultCoachingConfig, overrides: { group: 'hamstrings', side: 'left', massKg: 75 } }, true);
    expect(analysis.roller).toMatchObject({ radiusCm: 7, hasPressure: false });
    expect(analysis.cues.map(({ kind, level, tS }) => `${kind} ${level} ${tS.toFixed(2)}`))
      .toEqual(live.cues.filter(({ phase }) => phase === 'start').map(({ kind, level, tS }) => `${kind} ${level} ${tS.toFixed(2)}`));
    const last = live.ticks.at(-1)!;
    const again = analysis.motion!.find(({ tS }) => tS === last.tS)!;
    expect(again.positionCm).toBeCloseTo(last.positionCm, 4);
  });

  test('a look-alike is refused by its name, again and again, and nothing of it is used', async () => {
    const stretch = (bytes: Uint8Array): Uint8Array => {
      const out: number[] = [];
      for (let at = 0; at < bytes.length; at += 20) out.push(0x55, 0x61, 26, 11, 22, 16, 30, 59, 0, 0, ...bytes.subarray(at + 2, at + 20));
      return Uint8Array.from(out);
    };
    const sdcl = (inner: RadioFirmware): RadioFirmware => ({
      ...inner,
      advance: (nowS) => inner.advance(nowS).map((output) => ({ ...output, bytes: stretch(output.bytes) })),
    });
    const run = await runWitMotion({ scenario: SCENARIO, seconds: 20, change: sdcl });
    expect(run.states).not.toContain('streaming');
    expect(run.reasons.filter((reason) => reason?.includes('28 bytes, as the WT901SDCL does')).length).toBeGreaterThan(1);
    expect(run.ticks).toEqual([]);
    expect(run.pipeline.decoder.faults['look-alike']).toBeGreaterThan(0);
  });
});
