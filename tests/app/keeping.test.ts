import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { idle } from '../../simulators/body/segment.ts';
import { define } from '../../simulators/scenarios/define.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { inScratch } from '../sessions/scratch.ts';
import { LIVE, openKeeping, recordingsIn, replayed, told } from './keeping-stage.ts';

const LEFT_ALONE = define({ name: 'left-alone', title: 'left alone', group: 'lats', segments: [idle(10)] });

describe('sessions that are kept', () => {
  it('are in the library as soon as they are stopped, with summary, cues and file, each beginning at 0', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03', script: null });
      stage.play(0.5);
      stage.say({ type: 'select', group: 'hamstrings', side: 'left' }, { type: 'mass', massKg: 70 });
      stage.play(12);
      const first = stage.conductor.session().id;
      stage.say({ type: 'stop' });
      const toldFirst = stage.cues.splice(0);
      stage.play(14);
      stage.say({ type: 'start' });
      expect(stage.conductor.snapshot()).toMatchObject({ tS: 0, session: 'running', group: 'hamstrings', side: 'left' });
      stage.play(10);
      const second = stage.conductor.session().id;
      stage.say({ type: 'stop' });
      const sessions = await stage.kept();
      expect(sessions.map(({ id }) => id)).toEqual([first, second]);
      expect(new Set(sessions.map(({ file }) => file)).size).toBe(2);
      expect(sessions.map(({ durationS }) => Math.round(durationS))).toEqual([12, 10]);
      for (const [index, live] of [toldFirst, stage.cues].entries()) {
        const { id, file, bytes, rolled, state } = sessions[index]!;
        expect(live.length).toBeGreaterThan(0);
        expect(await replayed(folder, file)).toEqual(live.map(told));
        const { summary } = stage.library.getSession(id);
        expect(summary.origin).toMatchObject({ massKg: 70, source: 'simulated' });
        expect(rolled.at(-1)).toMatchObject({ group: 'hamstrings', side: 'left' });
        expect({ state, big: bytes > 10_000 }).toEqual({ state: 'whole', big: true });
        const begun = live.filter(({ phase }) => phase === 'start').map(({ kind, value, unit }) => ({ kind, value, unit }));
        expect(stage.library.cuesOf(id).map(({ kind, value, unit }) => ({ kind, value, unit }))).toEqual(begun);
      }
    }));

  it('are as long as a roller sends: one that is only awaited leaves nothing behind', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 'too-fast', ...LIVE });
      stage.link$.next({ type: 'state', state: 'scanning', reason: null, arrivalS: 0 });
      stage.say({ type: 'select', group: 'lats', side: 'left' });
      expect(stage.conductor.session().recording).toBe('off');
      expect(await stage.kept()).toEqual([]);
      expect(await recordingsIn(folder)).toEqual([]);
    }));

  it('are of use: a roller that streams while nobody touches it leaves nothing behind, and that is told', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: LEFT_ALONE, ...LIVE });
      stage.play(5);
      expect(stage.conductor.session()).toMatchObject({ state: 'idle', recording: 'on' });
      expect(await stage.kept()).toEqual([]);
      expect(await recordingsIn(folder)).toEqual([]);
      expect(stage.logged.at(-1)).toMatch(/session [0-9a-f-]{36} saw nobody and is not kept, nor is its recording \S+\.mcap$/);
    }));

  it('are of use also where somebody rolled and had chosen no muscle', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 'too-fast', ...LIVE });
      stage.play(5);
      expect(await stage.kept()).toMatchObject([{ activeS: 0, file: expect.any(String) }]);
    }));

  it('are of use, also where one was stopped before it ran: pain that is told of that is kept, and the next one whole', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 'good-rolling', ...LIVE });
      stage.play(0.1);
      stage.say({ type: 'select', group: 'hamstrings', side: 'left' }, { type: 'stop' });
      await expect.poll(() => recordingsIn(folder)).toEqual([]);
      stage.say({ type: 'pain', nrs: 3 }, { type: 'start' });
      stage.play(5);
      const sessions = await stage.kept();
      expect(sessions).toMatchObject([{ file: null, activeS: 0 }, { file: expect.any(String) }]);
      expect(stage.library.getSession(sessions[0]!.id).summary.pain).toMatchObject({ beforeNrs: 3 });
      expect(await recordingsIn(folder)).toEqual([sessions[1]!.file]);
    }));

  it('are also those that never ran of which something was said', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 'good-rolling', ...LIVE });
      stage.play(1);
      stage.say({ type: 'pain', nrs: 4 });
      stage.play(2);
      const sessions = await stage.kept();
      expect(sessions).toMatchObject([{ activeS: 0, file: expect.any(String) }]);
      expect(await recordingsIn(folder)).toEqual([sessions[0]!.file]);
    }));

  it('begin with the samples, however long the roller was awaited', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 'too-fast' });
      const arrivedS: number[] = [];
      stage.link$.subscribe((event) => void (event.type === 'frame' && event.characteristic === 'stream' && arrivedS.push(event.arrivalS)));
      stage.play(2);
      expect(stage.sessions.at(-1)).toMatchObject({ recording: 'on' });
      const [session] = await stage.kept();
      expect(arrivedS[0]).toBeGreaterThan(0);
      expect(session!.startedUtcMs).toBe(1_772_000_000_000 + Math.round(arrivedS[0]! * 1000));
      expect((await readRecording(path.join(folder, session!.file!))).meta.startUtcMs).toBe(session!.startedUtcMs);
    }));

  it('are kept though the program ends right after another was begun and stopped, before any samples of it came', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03', script: null });
      stage.play(5);
      stage.say({ type: 'stop' }, { type: 'start' }, { type: 'stop' });
      expect(await stage.kept()).toMatchObject([{ file: expect.any(String) }]);
    }));

  it('are kept though the program ends right after the stop', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03' });
      stage.play(5);
      stage.say({ type: 'stop' });
      await stage.conductor.close();
      expect(stage.library.listSessions({ limit: 1 }).sessions).toHaveLength(1);
    }));
});
