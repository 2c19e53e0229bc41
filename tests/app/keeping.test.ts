import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { idle } from '../../simulators/body/segment.ts';
import { define } from '../../simulators/scenarios/define.ts';
import type { KeeperOptions } from '../../src/app/kept-session.ts';
import type { CueEvent } from '../../src/coaching/events.ts';
import type { Wish } from '../../src/server/channel.ts';
import type { Calibrations } from '../../src/sessions/calibrations.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { inScratch } from '../sessions/scratch.ts';
import { LIVE, openKeeping, replayed, told, type KeepingOptions, type KeepingStage } from './keeping-stage.ts';

const CALIBRATED: Calibrations = {
  personId: null,
  of: () => ({ radiusCm: 6.4, forceScale: 1.3, comfortLoad: null, since: {} }),
  keep: () => Promise.resolve(),
};

const LEFT_ALONE = define({ name: 'left-alone', title: 'left alone', group: 'lats', segments: [idle(10)] });

const recordingsIn = async (folder: string): Promise<string[]> => (await readdir(folder)).filter((name) => name.endsWith('.mcap'));

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

  interface Course extends Partial<KeepingOptions> {
    readonly name: string;
    readonly act: (stage: KeepingStage) => void;
  }

  /** What a person may do, in two sessions. */
  const COURSES: readonly Course[] = [
    {
      name: 'a muscle, rhythm and mass chosen before the first contact',
      ...LIVE,
      act({ say, play }) {
        play(0.3);
        say({ type: 'mass', massKg: 62 }, { type: 'profile', profile: 'rhythm' }, { type: 'select', group: 'quadriceps', side: 'right' });
        play(14);
        say({ type: 'stop' });
        play(15);
        say({ type: 'start' });
        play(12);
      },
    },
    {
      name: 'all of it said before the roller is there, pain too',
      ...LIVE,
      act({ say, play }) {
        say({ type: 'pain', nrs: 3 }, { type: 'select', group: 'hamstrings', side: 'left' }, { type: 'pain', nrs: 2 });
        play(10);
        say({ type: 'stop' });
        play(11);
        say({ type: 'start' });
        play(12);
      },
    },
    {
      name: 'flags of then',
      overrides: { group: 'lats', massKg: 90 },
      act({ say, play }) {
        play(9);
        say({ type: 'stop' }, { type: 'start' });
        play(9);
      },
    },
    {
      name: 'flags of then, and a person who chooses otherwise',
      ...LIVE,
      overrides: { group: 'lats', side: 'left', massKg: 90 },
      act({ say, play }) {
        play(5);
        say({ type: 'select', group: 'hamstrings', side: 'right' }, { type: 'mass', massKg: 60 });
        play(12);
        say({ type: 'stop' }, { type: 'start' });
        play(9);
      },
    },
    {
      name: 'a calibration in force',
      calibrations: CALIBRATED,
      act({ say, play }) {
        play(12);
        say({ type: 'stop' }, { type: 'start' });
        play(12);
      },
    },
    {
      name: 'pauses, a hold, and pain that stops it',
      act({ say, play }) {
        play(7);
        say({ type: 'pause' });
        play(8);
        say({ type: 'continue' });
        play(13);
        say({ type: 'hold', on: true });
        play(16);
        say({ type: 'pain', nrs: 9 });
        play(17);
        say({ type: 'confirm' }, { type: 'continue' });
        play(24);
        say({ type: 'pain', nrs: 5 }, { type: 'stop' }, { type: 'start' });
        play(6);
        say({ type: 'pain', nrs: 8 });
        play(7);
      },
    },
    {
      name: 'a person with a body mass of their own',
      ...LIVE,
      person: { massKg: 55 },
      act({ say, play, conductor }) {
        say({ type: 'select', group: 'hamstrings', side: 'left' });
        play(9);
        expect(conductor.session().massKg).toBe(55);
        say({ type: 'stop' }, { type: 'start' });
        play(9);
        expect(conductor.session().massKg).toBe(55);
      },
    },
  ];

  it.each(COURSES)('say alone what was said live: $name', ({ act, name: _name, ...options }) =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03', ...options });
      const courses: CueEvent[][] = [];
      const cut = { ...stage, say: (...wishes: readonly Wish[]) => wishes.forEach((wish) => {
        if (wish.type === 'start') courses.push(stage.cues.splice(0));
        stage.say(wish);
      }) };
      act(cut);
      const sessions = await stage.kept();
      courses.push(stage.cues);
      expect(sessions).toHaveLength(courses.length);
      for (const [index, live] of courses.entries()) {
        expect(live.length).toBeGreaterThan(0);
        expect(await replayed(folder, sessions[index]!.file)).toEqual(live.map(told));
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

  it('of a person are theirs, in the file and in the library; a flag wins over their mass', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03', person: { massKg: 55 }, overrides: { massKg: 80 } });
      stage.play(5);
      expect(stage.conductor.session().massKg).toBe(80);
      const [session] = await stage.kept();
      const [person] = stage.library.listPeople();
      expect(session!.personId).toBe(person!.id);
      expect((await readRecording(path.join(folder, session!.file!))).meta.personId).toBe(person!.id);
    }));

  it('go by the body mass of whoever is present, not by that of a script', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03', person: { massKg: 55 } });
      stage.play(5);
      expect(stage.conductor.session().massKg).toBe(55);
      const [session] = await stage.kept();
      expect(stage.library.getSession(session!.id).summary.origin.massKg).toBe(55);
    }));

  it('take in the pain that is told after they were stopped, in the file too: a library made anew knows it', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03' });
      stage.play(5);
      stage.say({ type: 'stop' });
      stage.play(6);
      stage.say({ type: 'pain', nrs: 6 }, { type: 'pain', nrs: 4 });
      const [session] = await stage.kept();
      const { id, file, bytes } = session!;
      expect(stage.library.getSession(id).summary.pain).toMatchObject({ afterNrs: 4 });
      expect(await readRecording(path.join(folder, file!))).toMatchObject({ damage: null, meta: { painAfter: 4 } });
      expect(await readFile(path.join(folder, file!))).toHaveLength(bytes);
      await stage.library.rebuild();
      expect(stage.library.getSession(id).summary).toMatchObject({ pain: { afterNrs: 4 }, quality: { damage: null } });
    }));

  it('belong to whoever is present, should the program be killed or somebody else go on', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03', person: {} });
      const next = stage.library.addPerson({ name: 'Bob', massKg: null, experience: 'new' });
      const whose = async (): Promise<string | undefined> => {
        const name = (await readdir(folder)).find((each) => each.endsWith('.mcap'));
        return (await readRecording(path.join(folder, name!))).meta.personId;
      };
      stage.play(2);
      stage.person$.next(next);
      stage.play(4);
      await expect.poll(whose, { timeout: 5000 }).toBe(next.id);
      stage.person$.next(null);
      const [session] = await stage.kept();
      expect(session!.personId).toBeNull();
      expect(await whose()).toBeUndefined();
    }));

  it('stay with whoever was present when they ended, whatever the next one says', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03', person: { massKg: 55 } });
      const next = stage.library.addPerson({ name: 'Bob', massKg: 90, experience: 'new' });
      stage.play(5);
      stage.say({ type: 'stop' });
      stage.person$.next(next);
      stage.say({ type: 'pain', nrs: 4 }, { type: 'start' });
      stage.play(3);
      const [first, second] = await stage.kept();
      expect(stage.library.getSession(first!.id).summary).toMatchObject({ pain: { afterNrs: null }, origin: { massKg: 55 } });
      expect(first!.personId).not.toBe(next.id);
      expect(second!.personId).toBe(next.id);
      expect(stage.library.getSession(second!.id).summary.origin.massKg).toBe(90);
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

describe('a disk that refuses', () => {
  it('leaves the coaching alone; who watches is told at once, the log in one line, and the session is kept', () =>
    inScratch(async (folder) => {
      const openFile: KeeperOptions['openFile'] = () => Promise.resolve({
        appendFile: () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
        datasync: () => Promise.resolve(),
        close: () => Promise.resolve(),
      });
      const stage = await openKeeping(folder, { scenario: 'too-fast', openFile });
      stage.play(2);
      expect(stage.sessions.at(-1)?.recording).toBe('on');
      await expect.poll(() => stage.conductor.session().recording).toBe('failed');
      expect(stage.sessions.at(-1)?.recording).toBe('failed');
      expect(stage.troubles).toMatchObject([{ code: 'E_FILE_WRITE' }]);
      stage.play(8);
      expect(stage.cues).toMatchObject([{ kind: 'too-fast' }]);
      const [session] = await stage.kept();
      expect(session).toMatchObject({ file: null, bytes: 0, cueCount: 1 });
      expect(stage.logged.filter((line) => line.includes('recording stopped'))).toHaveLength(1);
      expect(stage.troubles).toHaveLength(1);
    }));

  it('is asked again by the next session', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 'too-fast', script: null });
      await rm(folder, { recursive: true });
      await writeFile(folder, 'no folder');
      stage.play(2);
      await expect.poll(() => stage.conductor.session().recording).toBe('failed');
      stage.say({ type: 'stop' });
      await rm(folder);
      stage.say({ type: 'start' });
      stage.play(2);
      expect(stage.conductor.session().recording).toBe('on');
      await stage.conductor.close();
      expect(stage.troubles).toHaveLength(1);
      expect(await recordingsIn(folder)).toHaveLength(1);
    }));
});
