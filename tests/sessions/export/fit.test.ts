import fc from 'fast-check';
import FitParser from 'fit-file-parser';
import { describe, expect, it } from 'vitest';
import { MUSCLE_GROUPS, SIDES } from '../../../src/guide/groups.ts';
import { exportRecording } from '../../../src/sessions/export/export.ts';
import { fitOf } from '../../../src/sessions/export/fit/fit.ts';
import type { SessionRun } from '../../../src/sessions/export/session-run.ts';
import { simulated } from '../simulated.ts';
import { options, runOf } from './exports.ts';

interface Message {
  readonly timestamp: string;
  readonly [field: string]: unknown;
}
interface Activity {
  readonly file_ids: readonly Message[];
  readonly activity: Message;
  readonly sessions: readonly Message[];
  readonly laps: readonly Message[];
  readonly records: readonly Message[];
  readonly events: readonly Message[];
}

/** By a decoder of another author; `force: false` has it refuse a wrong checksum. */
const decode = async (bytes: Uint8Array): Promise<Activity> =>
  JSON.parse(JSON.stringify(await new FitParser({ force: false, mode: 'list' }).parseAsync(Buffer.from(bytes)))) as Activity;

const seconds = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

describe('a FIT activity of a session', () => {
  it('is read by another decoder: whole, of the right kind, with times in order', async () => {
    const recording = simulated('tour', 120);
    const run = runOf('tour', 120);
    const { file_ids, activity, sessions, records, events, laps } = await decode(exportRecording(recording, options('fit')).bytes);
    expect(file_ids).toMatchObject([{ type: 'activity', manufacturer: 'development', product_name: 'Smart roller' }]);
    expect(sessions).toHaveLength(1);
    const [session] = sessions;
    expect(session).toMatchObject({ sport: 'training', sub_sport: 'flexibility_training', num_laps: 1, trigger: 'activity_end' });
    expect(session!['total_elapsed_time']).toBeCloseTo(run.summary.origin.durationS, 2);
    expect(session!['active_time']).toBeCloseTo(run.summary.plan.activeS, 3);
    expect(session!['strokes']).toBe(run.summary.groups[0]!.strokes.count);
    expect(activity).toMatchObject({ num_sessions: 1, total_timer_time: session!['total_timer_time'] });

    expect(Math.abs(Date.parse(session!['start_time'] as string) - run.zeroUtcMs)).toBeLessThan(1000);
    expect(records).toHaveLength(120);
    for (const [index, record] of records.entries()) expect(seconds(session!['start_time'] as string, record.timestamp)).toBe(index + 1);
    expect(events.map(({ timestamp }) => timestamp)).toEqual(events.map(({ timestamp }) => timestamp).toSorted());
    expect(events[0]).toMatchObject({ event: 'timer', event_type: 'start', timestamp: session!['start_time'] });
    expect(events.at(-1)).toMatchObject({ event: 'timer', event_type: 'stop_all', timestamp: session!.timestamp });
    expect(laps[0]).toMatchObject({ muscle: 'Hamstrings, left', start_time: session!['start_time'], timestamp: session!.timestamp });
  });

  it('has speed and force in developer fields, and leaves distance and pace alone', async () => {
    const run = runOf('s03', 30);
    const { records } = await decode(fitOf(run));
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const within = run.series.filter(({ tS }) => tS > 9 && tS < 10.05);
    expect(records[9]!['rolling_speed']).toBeCloseTo(mean(within.map(({ speedCmS }) => Math.abs(speedCmS))), 4);
    expect(records[9]!['force']).toBeCloseTo(mean(within.map(({ forceN }) => forceN!)), 2);
    for (const record of records) for (const field of ['speed', 'distance', 'enhanced_speed']) expect(record).not.toHaveProperty(field);
  });

  it('has a marker for every cue', async () => {
    const run = runOf('tour', 120);
    const { events, sessions } = await decode(fitOf(run));
    const markers = events.filter(({ event }) => event === 'user_marker');
    expect(markers.map(({ cue }) => cue)).toEqual(run.cues.map(({ kind, level }) => `${kind} ${level}`));
    for (const [index, { timestamp }] of markers.entries()) {
      expect(Math.abs(seconds(sessions[0]!['start_time'] as string, timestamp) - run.cues[index]!.tS)).toBeLessThanOrEqual(0.5);
    }
  });

  it('has a lap for each stretch with a group and side, from end to end', async () => {
    const commands = [{ tS: 20, command: { type: 'select', group: 'adductors', side: 'right' } as const }];
    const { laps, sessions } = await decode(fitOf(runOf('s01', 45, { commands })));
    expect(laps.map(({ muscle }) => muscle)).toEqual(['Quadriceps, left', 'Adductors, right']);
    expect(laps[1]!['start_time']).toBe(laps[0]!.timestamp);
    expect((laps[0]!['total_timer_time'] as number) + (laps[1]!['total_timer_time'] as number)).toBeCloseTo(sessions[0]!['total_timer_time'] as number, 1);
    expect((laps[0]!['active_time'] as number) + (laps[1]!['active_time'] as number)).toBeCloseTo(sessions[0]!['active_time'] as number, 3);
  });

  it('counts in its laps what the session counts: nothing while it is paused', async () => {
    const commands = [
      { tS: 12, command: { type: 'pause' } as const },
      { tS: 30, command: { type: 'continue' } as const },
      { tS: 35, command: { type: 'select', group: 'adductors', side: 'right' } as const },
      { tS: 40, command: { type: 'select', group: 'quadriceps', side: 'left' } as const },
    ];
    const { laps, sessions } = await decode(fitOf(runOf('s01', 45, { commands })));
    const sum = (field: string): number => laps.reduce((total, lap) => total + (lap[field] as number), 0);
    expect(laps).toHaveLength(3);
    expect(sessions[0]!['active_time']).toBeLessThan(28);
    expect(sum('active_time')).toBeCloseTo(sessions[0]!['active_time'] as number, 3);
    expect(sum('strokes')).toBe(sessions[0]!['strokes']);
  });

  it.each(['live', 'simulated', 'replay'] as const)('of a %s session says so', async (source) => {
    const run = runOf('s01', 3);
    const { sessions } = await decode(fitOf({ ...run, summary: { ...run.summary, origin: { ...run.summary.origin, source } } }));
    expect(sessions[0]).toMatchObject({ source });
  });

  it('that was altered is refused by the decoder', async () => {
    const bytes = fitOf(runOf('s01', 3));
    bytes[200]! ^= 1;
    await expect(decode(bytes)).rejects.toMatch(/CRC/);
  });

  it('never throws, whatever the session was', async () => {
    const base = runOf('s01', 3);
    const finite = { noNaN: true, noDefaultInfinity: true } as const;
    const tick = fc.record({
      tS: fc.integer({ min: 1, max: 60_000 }).map((tenths) => tenths / 10),
      speedCmS: fc.double(),
      positionCm: fc.double(),
      contact: fc.boolean(),
      forceN: fc.option(fc.double()),
      pressureKpa: fc.constant(null),
    });
    const stretch = fc.record({
      group: fc.constantFrom(...MUSCLE_GROUPS),
      side: fc.constantFrom(...SIDES),
      startS: fc.double({ ...finite, min: 0, max: 1e6 }),
      endS: fc.double({ ...finite, min: 0, max: 1e6 }),
      activeS: fc.double(),
      strokes: fc.nat(),
    });
    const run: fc.Arbitrary<SessionRun> = fc
      .record({
        zeroUtcMs: fc.double({ min: -1e13, max: 1e13, noNaN: true }),
        sessionId: fc.string(),
        series: fc.array(tick, { maxLength: 40 }).map((ticks) => ticks.toSorted((a, b) => a.tS - b.tS)),
        stretches: fc.array(stretch, { maxLength: 4 }),
        durationS: fc.double({ ...finite, min: 0, max: 1e6 }),
      })
      .map(({ zeroUtcMs, sessionId, series, stretches, durationS }) => ({
        ...base,
        zeroUtcMs,
        series,
        stretches,
        meta: { ...base.meta, sessionId },
        summary: { ...base.summary, origin: { ...base.summary.origin, durationS } },
      }));
    await fc.assert(
      fc.asyncProperty(run, async (session) => {
        const { sessions, laps } = await decode(fitOf(session));
        expect(sessions).toHaveLength(1);
        expect(laps).toHaveLength(Math.max(1, session.stretches.length));
      }),
      { numRuns: 60 },
    );
  });
});
