import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { McapIndexedReader } from '@mcap/core';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { AppError } from '../../src/errors.ts';
import { createPipeline, stepPipeline, type PipelineInput, type PipelineOutput } from '../../src/pipeline.ts';
import type { JournalFile, JournalOptions } from '../../src/sessions/journal.ts';
import { preludeOf } from '../../src/sessions/prelude.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { replayConfig } from '../../src/sessions/replay-config.ts';
import { startRecorder, type Recorder, type RecorderOptions } from '../../src/sessions/recorder.ts';
import { simulatedInputs } from '../support/simulated-inputs.ts';
import { streamFrame, ZSTD } from './samples.ts';
import { inScratch } from './scratch.ts';

const START_UTC_MS = Date.UTC(2026, 2, 1, 12, 30, 5);
const clock: Clock = { monotonicS: () => 1000, utcMs: () => START_UTC_MS };
const META = { source: 'live', software: 'test 0', scenario: null, seed: null } as const;

const record = (folder: string, options: Partial<RecorderOptions> = {}): { recorder: Recorder; troubles: AppError[] } => {
  const troubles: AppError[] = [];
  return { troubles, recorder: startRecorder({ folder, meta: META, clock, onTrouble: (trouble) => troubles.push(trouble), ...options }) };
};

/** What a link and a person would have given live, from second 1000 of the clock on. */
const liveInputs = (seconds: number): PipelineInput[] =>
  simulatedInputs('too-fast', { seed: 4, seconds }).map((input) => ({ ...input, arrivalS: input.arrivalS + 1000 }));

const LIVE = { coaching: defaultCoachingConfig, overrides: {}, start: 'first-contact' } as const;

const run = (inputs: readonly PipelineInput[], config: Parameters<typeof createPipeline>[0] = LIVE): PipelineOutput[] => {
  const state = createPipeline(config);
  return inputs.flatMap((input) => [...stepPipeline(state, input)]);
};
/** All but what the session does before its first frame; times as far as they mean something: arrival is kept to the nanosecond. */
const told = (outputs: readonly PipelineOutput[]): unknown =>
  JSON.parse(JSON.stringify(outputs.filter(({ type }) => type !== 'session'), (_key, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(6)) : value)));

const frame = (index: number): PipelineInput => ({ type: 'frame', characteristic: 'stream', bytes: streamFrame(index), arrivalS: 1000 + index / 50 });

/** As another tool reads it, by its index. */
async function indexed(file: string): Promise<McapIndexedReader> {
  const bytes = await readFile(file);
  return McapIndexedReader.Initialize({
    readable: { size: () => Promise.resolve(BigInt(bytes.length)), read: (at, size) => Promise.resolve(bytes.subarray(Number(at), Number(at + size))) },
    decompressHandlers: ZSTD,
  });
}

describe('a recorded session', () => {
  it('gives the same cues again, whatever flags and the person said: what was in force is recorded', () =>
    inScratch(async (folder) => {
      const coaching = { ...defaultCoachingConfig, quadricepsWarnCmS: 9 };
      const config = { ...LIVE, coaching, overrides: { group: 'quadriceps', massKg: 80 } } as const;
      const byPerson: PipelineInput = { type: 'command', arrivalS: 1010, command: { type: 'select', group: 'lats', side: 'left' }, byPerson: true };
      const inputs = [...liveInputs(20), byPerson].toSorted((a, b) => a.arrivalS - b.arrivalS);
      const { recorder, troubles } = record(folder, { meta: { ...META, ...config } });
      for (const input of inputs) recorder.take(input);
      await recorder.close();
      expect(troubles).toEqual([]);
      const { events, meta, damage } = await readRecording(recorder.file);
      expect(damage).toBeNull();
      expect(meta).toMatchObject({ ...config, sessionId: recorder.sessionId, startUtcMs: START_UTC_MS });
      const live = run(inputs, config);
      expect(live.filter(({ type }) => type === 'cue').length).toBeGreaterThan(0);
      const again = replayConfig(meta, { coaching: defaultCoachingConfig, overrides: {} });
      expect(told(run(events, again))).toEqual(told(live));
    }));

  it('has beside it what was made of it, flat and rounded, for other tools; and reading it again leaves that alone', () =>
    inScratch(async (folder) => {
      const { recorder } = record(folder);
      const inputs = liveInputs(12);
      const state = createPipeline({ ...LIVE, start: 'first-frame' });
      for (const input of inputs) {
        recorder.take(input);
        for (const output of stepPipeline(state, input)) {
          if (output.type === 'tick') recorder.derived(output.tick);
          if (output.type === 'cue') recorder.cue(output.event);
        }
      }
      recorder.take({ type: 'command', arrivalS: 1020, command: { type: 'marker', text: 'a knot' } });
      await recorder.close({ painAfter: 3 });
      const recording = await readRecording(recorder.file);
      expect(recording.events).toHaveLength(inputs.length + 1);
      expect(recording.events.at(-1)).toMatchObject({ command: { type: 'marker', text: 'a knot' } });
      expect(recording.meta).toMatchObject({ painAfter: 3, roller: { name: expect.stringContaining('Roller') as string } });

      const reader = await indexed(recorder.file);
      const messages: Record<string, unknown[]> = { '/motion': [], '/cues': [] };
      for await (const { channelId, data } of reader.readMessages({ topics: Object.keys(messages) })) {
        const { topic, schemaId } = reader.channelsById.get(channelId)!;
        const { properties } = JSON.parse(Buffer.from(reader.schemasById.get(schemaId)!.data).toString()) as { properties: object };
        const message = JSON.parse(Buffer.from(data).toString()) as object;
        expect(Object.keys(message)).toEqual(Object.keys(properties));
        messages[topic]!.push(message);
      }
      expect(messages['/motion']).toHaveLength(119);
      expect(messages['/motion']![100]).toMatchObject({ tS: 10.1, contact: true });
      expect(messages['/cues']![0]).toMatchObject({ kind: 'too-fast', level: 1, phase: 'start', group: 'hamstrings', limit: 12 });
    }));

  it('goes on in a file of its own that stands by itself', () =>
    inScratch(async (folder) => {
      const { recorder: first } = record(folder);
      const inputs = [
        ...liveInputs(6),
        { type: 'command', arrivalS: 1008, command: { type: 'calibration', rollerId: 'x', radiusCm: 7, forceScale: null } } as const,
        { type: 'command', arrivalS: 1008, command: { type: 'pain', nrs: 2 } } as const,
      ];
      for (const input of inputs) first.take(input);
      const prelude = first.prelude();
      expect(prelude).toEqual(preludeOf(inputs));
      expect(preludeOf([...preludeOf(inputs.slice(0, 100)), ...inputs.slice(100)])).toEqual(prelude);
      const { recorder: second } = record(folder, { prelude, clock: { ...clock, monotonicS: () => 1009 } });
      second.take(frame(450));
      await Promise.all([first.close(), second.close()]);
      const { events } = await readRecording(second.file);
      expect(events.every(({ arrivalS }) => arrivalS === 0)).toBe(true);
      expect(events[0]).toMatchObject({ type: 'info' });
      const kinds = events.map((event) => (event.type === 'frame' ? event.characteristic : event.type === 'command' ? event.command.type : event.type));
      expect(kinds.toSorted()).toEqual(['battery', 'calibration', 'info', 'info', 'mass', 'select', 'state', 'status', 'stream']);
      expect(run(events).some(({ type }) => type === 'session')).toBe(true);
    }));

  it('is named by its time, to the millisecond, in UTC', () =>
    inScratch(async (folder) => {
      const { recorder } = record(join(folder, 'new'));
      await recorder.close();
      expect(recorder.file).toMatch(/new[\\/]2026-03-01T12-30-05-000Z-[0-9a-f]{12}\.mcap$/);
      expect(existsSync(recorder.file)).toBe(true);
    }));

  it('is on the disk up to half a second ago, and can be read while it grows', () =>
    inScratch(async (folder) => {
      const { recorder } = record(folder);
      const inputs = liveInputs(1);
      for (const input of inputs) recorder.take(input);
      const kept = (): Promise<number> => readRecording(recorder.file).then(({ events }) => events.length, () => 0);
      expect(await kept()).toBe(0);
      await expect.poll(kept, { timeout: 5000 }).toBe(inputs.length);
      await recorder.close();
    }));
});

describe('a recorder whose disk fails', () => {
  const fileOf = (appendFile: JournalFile['appendFile']): JournalOptions['openFile'] => () =>
    Promise.resolve({ appendFile, datasync: () => Promise.resolve(), close: () => Promise.resolve() });
  const full = (): Promise<never> => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }));

  it('says so once and goes on without: the session is not its business', async () => {
    const { recorder, troubles } = record('anywhere', { openFile: fileOf(full) });
    recorder.take(frame(0));
    await expect.poll(() => troubles.length).toBe(1);
    for (let index = 0; index < 1000; index++) recorder.take(frame(index));
    await recorder.close();
    expect(troubles.map(({ line }) => line)).toEqual([expect.stringMatching(/^E_FILE_WRITE: cannot write .*: ENOSPC: no space left on device; /)]);
  });

  it('says so where there can be no file', () =>
    inScratch(async (folder) => {
      const { recorder } = record(folder);
      await recorder.close();
      const { recorder: broken, troubles } = record(recorder.file);
      await expect(broken.opened).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
      await broken.close();
      expect(troubles).toHaveLength(1);
      expect(await readdir(folder)).toHaveLength(1);
    }));
});

describe('what was said after the end', () => {
  const pain = (nrs: number): PipelineInput & { type: 'command' } => ({ type: 'command', command: { type: 'pain', nrs }, arrivalS: 1300 });

  it('stands at the end of the file as of its last moment, which is as whole as before, however often', () =>
    inScratch(async (folder) => {
      const { recorder, troubles } = record(folder);
      const inputs = liveInputs(20);
      for (const input of inputs) recorder.take(input);
      await recorder.close({ painBefore: 2 });
      const before = await readRecording(recorder.file);
      await recorder.amend([pain(6)], { painAfter: 6 });
      await recorder.amend([pain(4)], { painAfter: 4 });
      const after = await readRecording(recorder.file);
      expect(after).toMatchObject({ damage: null, meta: { painBefore: 2, painAfter: 4 }, messages: before.messages + 2 });
      const { arrivalS } = before.events.at(-1)!;
      const said = [pain(6), pain(4)].map(({ command }) => ({ type: 'command', command, arrivalS }));
      expect(after.events).toEqual([...before.events, ...said]);
      const counted = { messages: 0 };
      for await (const _ of (await indexed(recorder.file)).readMessages()) counted.messages++;
      expect(counted.messages).toBe(after.messages);
      expect(troubles).toEqual([]);
    }));

  it('is not written to a file that the disk refused, and a file that has gone is told', () =>
    inScratch(async (folder) => {
      const refusing = record(folder, { openFile: () => Promise.reject(new Error('no')) });
      await refusing.recorder.close();
      await refusing.recorder.amend([pain(4)], {});
      expect(await readdir(folder)).toEqual([]);
      const { recorder } = record(folder);
      recorder.take(frame(0));
      await recorder.close();
      await rm(recorder.file);
      await expect(recorder.amend([pain(4)], {})).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
    }));

  it('is no longer written to a file once that has failed: what stands there stays whole', () =>
    inScratch(async (folder) => {
      const { recorder } = record(folder);
      for (const input of liveInputs(2)) recorder.take(input);
      await recorder.close();
      const before = await readFile(recorder.file);
      await rename(recorder.file, join(folder, 'away'));
      await expect(recorder.amend([pain(6)], {})).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
      await rename(join(folder, 'away'), recorder.file);
      await recorder.amend([pain(4)], {});
      expect(await readFile(recorder.file)).toEqual(before);
    }));
});
