import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BehaviorSubject } from 'rxjs';
import { createKeeper, type KeeperOptions } from '../../src/app/keeper.ts';
import { openMemory, openUsualMemory } from '../../src/app/memory.ts';
import { massesOf } from '../../src/app/present.ts';
import { systemClock } from '../../src/clock.ts';
import type { CueEvent } from '../../src/coaching/events.ts';
import { defaultCoachingConfig, type CoachingConfig } from '../../src/coaching/parameters.ts';
import { createPipeline, stepPipeline, type PipelineConfig } from '../../src/pipeline.ts';
import type { Calibrations } from '../../src/sessions/calibrations.ts';
import { openLibrary, type Library } from '../../src/sessions/library/library.ts';
import type { Person, SessionLine } from '../../src/sessions/library/records.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { replayConfig } from '../../src/sessions/replay-config.ts';
import type { Wish } from '../../src/server/channel.ts';
import { inScratch } from '../sessions/scratch.ts';
import { start } from './companion.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';

interface KeepingStage extends Stage {
  readonly library: Library;
  readonly folder: string;
  say(...wishes: readonly Wish[]): void;
  /** The sessions that are in the library once everything is kept, the first one first. */
  kept(): Promise<readonly SessionLine[]>;
}

interface KeepingOptions extends Omit<StageOptions, 'keep'> {
  readonly openFile?: KeeperOptions['openFile'];
  readonly coaching?: CoachingConfig;
  readonly person?: Partial<Person>;
}

/** A stage whose sessions are kept in a folder. */
async function openKeeping(folder: string, { openFile, person, overrides = {}, ...options }: KeepingOptions): Promise<KeepingStage> {
  const library = await openLibrary(folder, { clock: systemClock, coaching: defaultCoachingConfig });
  onTestFinished(() => library.close());
  const present = person === undefined ? null : library.addPerson({ name: 'Ada', massKg: null, experience: 'new', ...person });
  const person$ = new BehaviorSubject(present);
  const config = { coaching: defaultCoachingConfig, overrides };
  const stage = openStage({
    ...options,
    overrides,
    known$: massesOf(person$),
    keep: (station) => createKeeper({ folder, library, person$, config, software: 'test 0', ...(openFile && { openFile }) }, station),
  });
  return {
    ...stage,
    library,
    folder,
    say: (...wishes) => wishes.forEach((wish) => void stage.conductor.fulfil(wish)),
    async kept() {
      await stage.conductor.close();
      return library.listSessions({ limit: 100 }).sessions.toReversed();
    },
  };
}

/** Whether it is live, where a session begins with the first contact, or a scenario whose script commands. */
const LIVE = { kind: 'live', start: 'first-contact', script: null } as const;

/** Of a time that was taken at the arrival, all but the last digits. */
const told = ({ tS, value, ...cue }: CueEvent): unknown => ({ ...cue, tS: Math.round(tS * 1e6) / 1e6, value: Math.round(value * 1e6) / 1e6 });

/** What a recording says when it is played by itself. */
async function replayed(folder: string, file: string | null): Promise<readonly unknown[]> {
  const { meta, events, damage } = await readRecording(path.join(folder, file!));
  expect(damage).toBeNull();
  const nothingSet: Pick<PipelineConfig, 'coaching' | 'overrides'> = { coaching: defaultCoachingConfig, overrides: {} };
  const state = createPipeline(replayConfig(meta, nothingSet));
  return events.flatMap((event) => stepPipeline(state, event)).flatMap((output) => (output.type === 'cue' ? [told(output.event)] : []));
}

const CALIBRATED: Calibrations = {
  of: () => ({ radiusCm: 6.4, forceScale: 1.3, comfortLoad: null, since: {} }),
  keep: () => Promise.resolve(),
};

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
        expect(stage.library.cuesOf(id).map(({ kind }) => kind)).toEqual(live.flatMap(({ phase, kind }) => (phase === 'start' ? [kind] : [])));
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
      expect((await readdir(folder)).filter((name) => name.endsWith('.mcap'))).toEqual([]);
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

  it('take in the pain that is told after they were stopped', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 's03' });
      stage.play(5);
      stage.say({ type: 'stop' });
      stage.play(6);
      stage.say({ type: 'pain', nrs: 4 });
      const [session] = await stage.kept();
      expect(stage.library.getSession(session!.id).summary.pain).toMatchObject({ afterNrs: 4 });
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
      await wait(50);
      expect(stage.conductor.session().recording).toBe('on');
      await stage.conductor.close();
      expect((await readdir(folder)).filter((name) => name.endsWith('.mcap'))).toHaveLength(1);
    }));
});

describe('a companion', () => {
  const recordingsIn = async (folder: string): Promise<string[]> => (await readdir(folder)).filter((name) => name.endsWith('.mcap')).toSorted();

  it('keeps the sessions of all its stations, also those that run when it is closed', { timeout: 20_000 }, (test) =>
    inScratch(async (folder) => {
      const { companion, connect } = await start(test, { scenario: 'too-fast', rollers: 4, data: folder });
      const probe = await connect();
      await probe.next('hello', ({ rollers }) => rollers.length === 4 && rollers.every(({ session }) => session === 'running'));
      await probe.next('session', ({ recording }) => recording === 'on');
      await probe.next('snapshot', ({ tS }) => tS > 1);
      await companion.close();
      const library = await openLibrary(folder, { clock: systemClock, coaching: defaultCoachingConfig });
      onTestFinished(() => library.close());
      const { sessions } = library.listSessions({ limit: 10 });
      expect(sessions.map(({ file }) => String(file)).toSorted()).toEqual(await recordingsIn(folder));
      expect(new Set(sessions.map(({ rollerId }) => rollerId)).size).toBe(4);
      expect(sessions.every(({ state }) => state === 'whole')).toBe(true);
    }));

  it('goes by the body mass of whoever is present, as soon as they are', { timeout: 20_000 }, (test) =>
    inScratch(async (folder) => {
      const { companion, connect } = await start(test, { scenario: 'too-fast', data: folder });
      const probe = await connect();
      const call = (method: string, at: string, body: unknown): Promise<Response> =>
        fetch(`${companion.url}${at}`, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
      const { id } = (await (await call('POST', 'api/v1/people', { name: 'Ada', massKg: 48 })).json()) as Person;
      await call('PATCH', 'api/v1/settings', { presentPersonId: id });
      await probe.next('session', ({ massKg }) => massKg === 48);
      await call('PATCH', `api/v1/people/${id}`, { massKg: 49 });
      await probe.next('session', ({ massKg }) => massKg === 49);
      await probe.next('snapshot', ({ tS }) => tS > 0.5);
      await companion.close();
      const [file] = await recordingsIn(folder);
      const { events, meta } = await readRecording(path.join(folder, file!));
      expect(events.flatMap((event) => (event.type === 'command' && event.command.type === 'mass' ? [event.command.massKg] : [])).slice(-1)).toEqual([49]);
      expect(meta.personId).toBe(id);
    }));

  it('tells who watches when the disk refuses, and goes on', { timeout: 20_000 }, (test) =>
    inScratch(async (scratch) => {
      const folder = path.join(scratch, 'data');
      const { companion, connect, err } = await start(test, { scenario: 'too-fast', data: folder });
      const probe = await connect();
      await probe.next('session', ({ state, recording }) => state === 'running' && recording === 'on');
      probe.say({ type: 'stop' });
      await probe.next('session', ({ state, recording }) => state === 'stopped' && recording === 'off');
      await rename(folder, `${folder}.away`);
      await writeFile(folder, 'no folder');
      probe.say({ type: 'start' });
      await probe.next('session', ({ recording }) => recording === 'failed');
      expect((await probe.next('error')).code).toBe('E_FILE_WRITE');
      await probe.next('cue', ({ phase }) => phase === 'start');
      await companion.close();
      expect(err.filter((line) => line.includes('recording stopped'))).toHaveLength(1);
    }));

  it('goes on without a folder that nobody asked for, and says so; one that was asked for has to be there', () =>
    inScratch(async (scratch) => {
      const folder = path.join(scratch, 'data');
      await writeFile(folder, 'no folder');
      const lines: string[] = [];
      const log = { info: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(line) };
      const options = { folder, remembersRollers: true, coaching: defaultCoachingConfig, clock: systemClock, log };
      await expect(openMemory(options)).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
      const { library } = await openUsualMemory(options);
      expect(library.folder).toBeNull();
      library.close();
      expect(lines).toEqual([expect.stringMatching(/^nothing is kept: E_FILE_WRITE: /)]);
    }));

  it('keeps nothing of a simulated roller without a data folder, and nothing of a recording', { timeout: 20_000 }, (test) =>
    inScratch(async (folder) => {
      const { connect } = await start(test, { scenario: 'too-fast' });
      const probe = await connect();
      await probe.next('snapshot', ({ tS }) => tS > 0.5);
      expect(probe.all('session').at(-1)).toMatchObject({ recording: 'off' });
      expect(await readdir(folder)).toEqual([]);
    }));
});
