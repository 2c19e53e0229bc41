import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportRecording } from '../../../src/sessions/export/export.ts';
import { importCsv } from '../../../src/sessions/import/import.ts';
import { parseLog } from '../../../src/sessions/import/log.ts';
import { readRecording } from '../../../src/sessions/reader.ts';
import type { Recording } from '../../../src/sessions/recording.ts';
import { csvOf as logCsv, logRows } from '../log-maker.ts';
import { inScratch } from '../scratch.ts';
import { simulated } from '../simulated.ts';
import { options, runOf } from './exports.ts';

const textOf = (recording: Recording, raw: boolean): string => Buffer.from(exportRecording(recording, options('csv', { raw })).bytes).toString('utf8');
const RAW = 't_s,gyro_x_dps,gyro_y_dps,gyro_z_dps,accel_x_g,accel_y_g,accel_z_g,p0_kpa,p1_kpa';

interface Hint {
  readonly 'rdfs:comment': string;
}

/** What the sidecar says to give to `import`. */
function importOptionsOf(recording: Recording) {
  const { sidecar } = exportRecording(recording, options('csv', { raw: true }));
  const { 'rdfs:comment': hint } = JSON.parse(Buffer.from(sidecar!.bytes).toString('utf8')) as Hint;
  const value = (flag: string): string | undefined => new RegExp(`--${flag} (\\S+)`).exec(hint)?.[1];
  const mount = value('mount-mm')?.split(',').map(Number);
  return {
    radiusMm: Number(value('radius-mm')),
    axis: (value('axis') ?? 'auto') as 'x' | 'auto',
    zoneAreaCm2: value('zone-area-cm2') === undefined ? null : Number(value('zone-area-cm2')),
    flips: [],
    mountMm: mount === undefined ? null : ([mount[0]!, mount[1]!] as const),
    software: 'test',
  };
}

/** Exported and imported again. */
const roundTrip = (recording: Recording): Promise<Recording> =>
  inScratch(async (folder) => {
    const [file, out] = [join(folder, 'a.csv'), join(folder, 'a.mcap')];
    await writeFile(file, textOf(recording, true));
    await importCsv({ file, out, ...importOptionsOf(recording) });
    return readRecording(out);
  });

/** A sensor that turns to and fro at 100 Hz, with zones or without. */
const turning = (seconds: number, kpa?: number) =>
  logRows({ rateHz: 100, seconds, turnDps: (tS) => 40 * Math.sin(2 * tS), noise: [0.05, 0.001], ...(kpa !== undefined && { zonesKpa: (tS: number) => [kpa * tS, kpa] }) });

describe('a CSV of a session', () => {
  it('has a row for every sample, RFC 4180 and nothing but numbers', () => {
    const text = textOf(simulated('s01', 2), true);
    expect(text.endsWith('\r\n')).toBe(true);
    const [header, ...rows] = text.slice(0, -2).split('\r\n');
    expect(header).toBe(RAW);
    expect(rows).toHaveLength(200);
    expect(rows[0]).toMatch(/^0,/);
    for (const row of rows) expect(row).toMatch(/^(-?\d+(\.\d+)?)(,-?\d+(\.\d+)?){8}$/);
    const times = rows.map((row) => Number(row.split(',')[0]));
    for (const [index, tS] of times.entries()) expect(tS).toBeCloseTo(index / 100, 3);
  });

  it('adds what was derived, of the tick that a sample belongs to', () => {
    const recording = simulated('s03', 5);
    const run = runOf('s03', 5);
    const [header, ...rows] = textOf(recording, false).slice(0, -2).split('\r\n');
    expect(header).toBe(`${RAW},speed_cm_s,position_cm,contact,force_n`);
    const at = (tS: number): string[] => rows[Math.round(tS * 100)]!.split(',').slice(-4);
    for (const tick of run.series.filter(({ tS }) => tS < 4.9 && tS > 1)) {
      const [speed, position, contact, force] = at(tick.tS - 0.05);
      expect(Number(speed)).toBeCloseTo(tick.speedCmS, 3);
      expect(Number(position)).toBeCloseTo(tick.positionCm, 3);
      expect(contact).toBe(tick.contact ? '1' : '0');
      expect(Number(force)).toBeCloseTo(tick.forceN ?? Number.NaN, 3);
    }
    expect(parseLog(rows.length > 0 ? textOf(recording, false) : '', 'derived.csv').ignored).toEqual(['speed_cm_s', 'position_cm', 'contact', 'force_n']);
  });

  it('leaves out what nothing measured: pressure of a roller without cells, force that is not known', async () => {
    const recording = await inScratch(async (folder) => {
      const [file, out] = [join(folder, 'a.csv'), join(folder, 'a.mcap')];
      await writeFile(file, logCsv(turning(3)));
      await importCsv({ file, out, radiusMm: 75, axis: 'x', zoneAreaCm2: null, flips: [], mountMm: null, software: 'test' });
      return readRecording(out);
    });
    const [header, row] = textOf(recording, false).split('\r\n');
    expect(header).toBe(`${RAW.split(',').slice(0, 7).join(',')},speed_cm_s,position_cm,contact,force_n`);
    expect(row).toMatch(/,$/);
    expect(importOptionsOf(recording).zoneAreaCm2).toBeNull();
  });

  it('taken in again says the same of speed, load and cues', async () => {
    for (const [name, seconds] of [['s03', 30], ['s08-q', 15], ['tour', 110]] as const) {
      const recording = simulated(name, seconds);
      const again = await roundTrip(recording);
      const commands = recording.events.filter((event) => event.type === 'command').map((event) => ({ ...event, arrivalS: 0 }));
      const [before, after] = [recording, { ...again, events: [...commands, ...again.events] }].map((each) => exportRecording(each, options('json')));
      type Doc = { cues: { kind: string; level: number; tS: number }[]; summary: { groups: { activeS: number; speed: { meanCmS: number }; load: { meanN: number; meanKpa: number } }[] } };
      const [was, is] = [before!, after!].map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')) as Doc);
      expect(is!.cues.map(({ kind, level }) => `${kind} ${level}`)).toEqual(was!.cues.map(({ kind, level }) => `${kind} ${level}`));
      for (const [index, { tS }] of is!.cues.entries()) expect(Math.abs(tS - was!.cues[index]!.tS)).toBeLessThan(0.35);
      const [then, now] = [was!.summary.groups[0]!, is!.summary.groups[0]!];
      expect(Math.abs(now.speed.meanCmS - then.speed.meanCmS)).toBeLessThan(0.02 * then.speed.meanCmS + 0.01);
      expect(Math.abs(now.activeS - then.activeS)).toBeLessThan(0.7);
      expect(Math.abs(now.load.meanN - then.load.meanN)).toBeLessThan(0.03 * then.load.meanN);
      expect(Math.abs(now.load.meanKpa - then.load.meanKpa)).toBeLessThan(0.1 * then.load.meanKpa);
    }
  });

  it('of a log is that log again, to the rounding of the sensor', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.double({ min: 0.2, max: 80, noNaN: true }), async (seconds, kpa) => {
        const rows = turning(seconds, kpa);
        const recording = await inScratch(async (folder) => {
          const [file, out] = [join(folder, 'a.csv'), join(folder, 'a.mcap')];
          await writeFile(file, logCsv(rows));
          await importCsv({ file, out, radiusMm: 75, axis: 'x', zoneAreaCm2: 20, flips: [], mountMm: null, software: 'test' });
          return readRecording(out);
        });
        const was = parseLog(logCsv(rows), 'was');
        const is = parseLog(textOf(recording, true), 'is');
        expect(is.rows).toBe(was.rows);
        for (let row = 0; row < was.rows; row++) {
          expect(is.timeS[row]! - is.timeS[0]!).toBeCloseTo(was.timeS[row]! - was.timeS[0]!, 4);
          for (let axis = 0; axis < 3; axis++) {
            expect(Math.abs(is.gyroDps[axis]![row]! - was.gyroDps[axis]![row]!)).toBeLessThan(0.02);
            expect(Math.abs(is.accelG[axis]![row]! - was.accelG[axis]![row]!)).toBeLessThan(0.0002);
          }
          for (const [zone, column] of was.zonesKpa.entries()) expect(Math.abs(is.zonesKpa[zone]![row]! - Math.max(0, column[row]!))).toBeLessThan(0.01);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('keeps a gap a gap', () => {
    const recording = simulated('s01', 6);
    const frames = recording.events.filter((event) => event.type === 'frame' && event.characteristic === 'stream');
    const lost = new Set(frames.slice(100, 150));
    const times = textOf({ ...recording, events: recording.events.filter((event) => !lost.has(event as never)) }, true)
      .slice(0, -2)
      .split('\r\n')
      .slice(1)
      .map((row) => Number(row.split(',')[0]));
    expect(times).toHaveLength(500);
    expect(Math.max(...times.slice(1).map((tS, index) => tS - times[index]!))).toBeCloseTo(1.01, 2);
  });

  it('says in its sidecar where it came from and how to take it in', () => {
    const { sidecar } = exportRecording(simulated('s01', 2), options('csv'));
    expect(sidecar).toMatchObject({ extension: '-metadata.json', mediaType: 'application/csvm+json' });
    const metadata = JSON.parse(Buffer.from(sidecar!.bytes).toString('utf8')) as Record<string, unknown> & { tableSchema: { columns: { name: string }[] } };
    expect(metadata).toMatchObject({ '@context': 'http://www.w3.org/ns/csvw', 'dc:source': 'simulated', 'dc:creator': 'smart-roller-companion test' });
    expect(metadata['dc:description']).toMatch(/not a medical device/);
    expect(metadata['rdfs:comment']).toMatch(/^smart-roller import FILE.csv --radius-mm 75 --axis x --mount-mm 12,-8 --zone-area-cm2 [\d.]+ --out FILE.mcap$/);
    expect(metadata.tableSchema.columns.map(({ name }) => name).join(',')).toBe(`${RAW},speed_cm_s,position_cm,contact,force_n`);
  });

  it('of a recording of which no frame can be decoded is refused with a code', () => {
    const recording = simulated('s01', 1);
    const events = recording.events.map((event) => (event.type === 'frame' && event.characteristic === 'stream' ? { ...event, bytes: new Uint8Array(3) } : event));
    expect(() => exportRecording({ ...recording, events }, options('csv'))).toThrow(expect.objectContaining({ code: 'E_RECORDING' }) as Error);
  });
});

