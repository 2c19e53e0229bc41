import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { createRollerDecoder, decodeEvent } from '../../src/link/drivers/roller-v1.ts';
import type { DeviceBlock } from '../../src/motion/block.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { createPipeline, stepPipeline, summarizePipeline } from '../../src/pipeline.ts';
import { importCsv, type ImportOptions, type ImportReport } from '../../src/sessions/import/import.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import type { Recording } from '../../src/sessions/recording.ts';
import { csvOf, logRows } from './log-maker.ts';
import { columnsOf, inOurDialect, realData } from './real-data.ts';
import { inScratch } from './scratch.ts';

const OPTIONS = { radiusMm: 75, axis: 'auto', zoneAreaCm2: null, flips: [], mountMm: null, software: 'test' } as const;

/** Imports a CSV given as text and reads the recording back. */
const imported = (csv: string, options: Partial<ImportOptions> = {}): Promise<{ report: ImportReport; recording: Recording }> =>
  inScratch(async (folder) => {
    const [file, out] = [join(folder, 'log.csv'), join(folder, 'log.mcap')];
    await writeFile(file, csv);
    const report = await importCsv({ ...OPTIONS, ...options, file, out });
    return { report, recording: await readRecording(out) };
  });

function blocksOf({ events }: Recording): DeviceBlock[] {
  const decoder = createRollerDecoder();
  return events.flatMap((event) => (event.type === 'frame' ? (structuredClone(decodeEvent(decoder, event)) ?? []) : []));
}

function played({ events }: Recording): {
  ticks: MotionTick[];
  quality: ReturnType<typeof summarizePipeline>['quality'];
  clockJumps: number;
} {
  const state = createPipeline({ coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' });
  const ticks = events.flatMap((event) => stepPipeline(state, event)).flatMap((output) => (output.type === 'tick' ? [output.tick] : []));
  return { ticks, quality: summarizePipeline(state).quality, clockJumps: state.timebase.clockJumps };
}

const mpu = (name: string): string | null => realData(`sunsided-mpu6050-rotations/${name}.csv`);
const turningDeg = (ticks: readonly MotionTick[]): number => ((ticks.at(-1)!.positionCm / 7.5) * 180) / Math.PI;
const backAndForth = (tS: number): number => 60 * Math.sin(2 * tS);

describe('import', () => {
  test('keeps every sample to within the smallest step of its full scale', async () => {
    const rows = logRows({ rateHz: 100, seconds: 5, turnDps: backAndForth, noise: [0.1, 0.002] });
    const { recording, report } = await imported(csvOf(rows));
    const blocks = blocksOf(recording);
    const gyro = blocks.flatMap(({ gyroDps }) => [...gyroDps]);
    const accel = blocks.flatMap(({ accelG }) => [...accelG]);
    expect(gyro).toHaveLength(rows.length * 3);
    rows.forEach((row, index) =>
      row.gyroDps.forEach((value, axis) =>
        expect(Math.abs(gyro[index * 3 + axis]! - value)).toBeLessThan(report.info.gyroRangeDps / 65_000),
      ),
    );
    rows.forEach((row, index) =>
      row.accelG.forEach((value, axis) =>
        expect(Math.abs(accel[index * 3 + axis]! - value)).toBeLessThan(report.info.accelRangeG / 65_000),
      ),
    );
    expect(report.info.gyroRangeDps / 32_768).toBeLessThan(0.01);
  });

  test('sends about 50 frames a second, at the times of the log, whatever its rate', async () => {
    for (const [rateHz, samplesPerFrame] of [
      [25, 1],
      [100, 2],
      [285.714, 6],
      [1000, 16],
    ] as const) {
      const { recording, report } = await imported(csvOf(logRows({ rateHz, seconds: 3, turnDps: backAndForth })));
      expect(report.info.samplesPerFrame).toBe(samplesPerFrame);
      expect(report.info.imuRateMilliHz / 1000).toBeCloseTo(rateHz, 2);
      const blocks = blocksOf(recording);
      blocks.forEach((block, index) => expect(block.deviceTimeUs! / 1e6).toBeCloseTo((index * samplesPerFrame) / rateHz, 4));
      expect(played(recording).quality).toMatchObject({ lost: 0, decodeFaults: 0, gaps: 0, frames: blocks.length });
    }
  });

  test('makes cells of the pressure columns, evenly along the roller, always facing the body', async () => {
    const rows = logRows({ rateHz: 100, seconds: 4, turnDps: backAndForth, zonesKpa: (tS) => [10 + tS, 40, -0.2] });
    const { recording, report } = await imported(csvOf(rows), { zoneAreaCm2: 20 });
    expect(report.info.cells).toEqual([
      { axialMm: -110, angleDeg: null, areaMm2: 2000 },
      { axialMm: 0, angleDeg: null, areaMm2: 2000 },
      { axialMm: 110, angleDeg: null, areaMm2: 2000 },
    ]);
    const kpa = blocksOf(recording).flatMap(({ cellKpa }) => [...cellKpa]);
    expect(kpa).toHaveLength(rows.length * 3);
    rows.forEach(({ zonesKpa }, row) => zonesKpa.forEach((value, zone) => expect(kpa[row * 3 + zone]).toBeCloseTo(Math.max(0, value), 2)));
    const last = played(recording).ticks.at(-1)!;
    expect(last.contact && !last.contactAssumed).toBe(true);
    expect(last.forceN).toBeCloseTo((14 + 40) * 1e3 * 20e-4, -1);
  });

  test('takes the full load of 32 zones', async () => {
    const rows = logRows({
      rateHz: 100,
      seconds: 1,
      turnDps: backAndForth,
      zonesKpa: () => Array.from({ length: 32 }, (_, zone) => zone * 1000),
    });
    const { recording, report } = await imported(csvOf(rows));
    expect(report.info.samplesPerFrame).toBe(2);
    const kpa = [...blocksOf(recording)[0]!.cellKpa];
    kpa.slice(0, 32).forEach((value, zone) => expect(Math.abs(value - zone * 1000)).toBeLessThan(0.5));
  });

  test('lets a gap of the log be a gap, and ends a frame there', async () => {
    const rows = logRows({ rateHz: 100, seconds: 6, turnDps: backAndForth }).filter(({ tS }) => tS < 2.03 || tS >= 3.5);
    const { recording, report } = await imported(csvOf(rows));
    expect(report).toMatchObject({ gaps: 1, logged: 'sample' });
    expect(report.durationS).toBeCloseTo(6, 6);
    const blocks = blocksOf(recording);
    expect(blocks.find((block) => block.deviceTimeUs === 3_500_000)).toBeDefined();
    const { quality, ticks } = played(recording);
    expect(quality).toMatchObject({ gaps: 1, lost: 0 });
    expect(
      ticks
        .filter((tick) => tick.gap)
        .map((tick) => tick.tS)
        .every((tS) => tS > 2 && tS < 3.7),
    ).toBe(true);
  });

  test('gives the same recording for the same file and options, and another for others', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'log.csv');
      await writeFile(file, csvOf(logRows({ rateHz: 100, seconds: 2, turnDps: backAndForth })));
      const bytes = async (name: string, radiusMm: number): Promise<Buffer> => {
        await importCsv({ ...OPTIONS, radiusMm, file, out: join(folder, name) });
        return readFileSync(join(folder, name));
      };
      const first = await bytes('a.mcap', 75);
      expect(await bytes('b.mcap', 75)).toEqual(first);
      expect(await bytes('c.mcap', 70)).not.toEqual(first);
      const { meta } = await readRecording(join(folder, 'a.mcap'));
      expect(meta).toMatchObject({ source: 'live', importedFrom: 'log.csv' });
      expect(meta.sessionId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }));

  test('writes nothing when it refuses', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'log.csv');
      await writeFile(file, `${csvOf(logRows({ rateHz: 100, seconds: 2, turnDps: backAndForth }))}\n2.5,nan,0,0,0,0,1`);
      await expect(importCsv({ ...OPTIONS, file, out: join(folder, 'a.mcap') })).rejects.toMatchObject({ code: 'E_CSV' });
      expect(await readdir(folder)).toEqual(['log.csv']);
    }));

  test('of bursts that start with a flushed queue does not take the clock for one that jumped', async () => {
    const rows = logRows({ rateHz: 100, seconds: 8, turnDps: backAndForth });
    const late = rows.map((row, index) => ({
      ...row,
      tS: Math.max(1.5 + index * 1e-4, Math.ceil((row.tS + 1e-6) / 0.2) * 0.2 + (index % 20) * 1e-4),
    }));
    const { recording, report } = await imported(csvOf(late));
    expect(report.logged).toBe('arrival');
    expect(played(recording)).toMatchObject({ quality: { gaps: 0, lost: 0 }, clockJumps: 0 });
  });
});

describe('recordings by other people', () => {
  const broad = realData('broad-optical/04_undisturbed_slow_rotation_with_breaks_A_22-42s.csv');
  const set1 = mpu('set-1_rotate-360ccw-around-x-pointing-forward');
  const set2 = mpu('set-2_rotate-ccw-around-y-pointing-left');
  const still = mpu('set-2_unmoved-with-x-pointing-forward');

  test.runIf(broad)('a hand turning an IMU, against optical truth: 1 deg rms', async () => {
    const { recording, report } = await imported(inOurDialect(broad!, 'broad'));
    expect(report).toMatchObject({ rows: 5715, gaps: 0, logged: 'sample', info: { axis: 'x', imuRateMilliHz: 285_714 } });
    const truth = columnsOf(readFileSync(broad!, 'utf8'));
    const phaseAt = (tS: number): number => (truth.get('gt_phase_x_rad')![Math.round(tS / 0.0035)]! * 180) / Math.PI;
    const { ticks } = played(recording);
    const errors = ticks.map(({ tS, positionCm }) => ((positionCm / 7.5) * 180) / Math.PI - phaseAt(tS));
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const rmsDeg = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length);
    expect(rmsDeg).toBeLessThan(1);
  });

  test.runIf(set1)('two turns about x, in bursts, with 4.5 deg/s of bias', async () => {
    const { recording, report } = await imported(inOurDialect(set1!, 'mpu6050'));
    expect(report).toMatchObject({ logged: 'arrival', info: { axis: 'x' } });
    expect(Math.abs(Math.abs(turningDeg(played(recording).ticks)) - 720)).toBeLessThan(15);
  });

  test.runIf(set2)('two turns about y in a left-handed frame: refused with the hint, and right with it', async () => {
    const csv = inOurDialect(set2!, 'mpu6050');
    await expect(imported(csv)).rejects.toMatchObject({ code: 'E_HANDEDNESS', hint: 'try --flip az' });
    await expect(imported(csv, { axis: 'y' })).rejects.toMatchObject({ code: 'E_HANDEDNESS' });
    const { recording } = await imported(csv, { flips: ['az'] });
    expect(Math.abs(Math.abs(turningDeg(played(recording).ticks)) - 720)).toBeLessThan(15);
  });

  test.runIf(still)('two minutes on a table: not refused, does not move, but no axis can be found', async () => {
    const csv = inOurDialect(still!, 'mpu6050');
    const { recording, report } = await imported(csv, { axis: 'x' });
    expect(report.durationS).toBeCloseTo(123.2, 0);
    expect(Math.abs(turningDeg(played(recording).ticks))).toBeLessThan(2);
    await expect(imported(csv)).rejects.toMatchObject({ code: 'E_AXIS' });
  });
});
