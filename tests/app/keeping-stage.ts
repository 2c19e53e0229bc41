import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { BehaviorSubject } from 'rxjs';
import { expect, onTestFinished } from 'vitest';
import { createKeeper } from '../../src/app/keeper.ts';
import type { KeeperOptions } from '../../src/app/kept-session.ts';
import { massesOf } from '../../src/app/present.ts';
import { systemClock } from '../../src/clock.ts';
import type { CueEvent } from '../../src/coaching/events.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { Wish } from '../../src/server/channel.ts';
import { openLibrary, type Library } from '../../src/sessions/library/library.ts';
import type { Person, SessionLine } from '../../src/sessions/library/records.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { replayConfig } from '../../src/sessions/replay-config.ts';
import { runInputs } from '../support/run-inputs.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';

/** A stage whose sessions are kept. */
export interface KeepingStage extends Stage {
  readonly library: Library;
  readonly folder: string;
  readonly person$: BehaviorSubject<Person | null>;
  say(...wishes: readonly Wish[]): void;
  /** The sessions that are in the library once everything is kept, the first one first. */
  kept(): Promise<readonly SessionLine[]>;
}

export interface KeepingOptions extends Omit<StageOptions, 'keep'> {
  readonly openFile?: KeeperOptions['openFile'];
  readonly person?: Partial<Person>;
}

/** Opens a stage that keeps in a folder, until the test ends. */
export async function openKeeping(folder: string, { openFile, person, overrides = {}, ...options }: KeepingOptions): Promise<KeepingStage> {
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
    person$,
    say: (...wishes) => wishes.forEach((wish) => void stage.conductor.fulfil(wish)),
    async kept() {
      await stage.conductor.close();
      return library.listSessions({ limit: 100 }).sessions.toReversed();
    },
  };
}

export const recordingsIn = async (folder: string): Promise<string[]> => (await readdir(folder)).filter((name) => name.endsWith('.mcap')).toSorted();

/** Whether it is live, where a session begins with the first contact, or a scenario whose script commands. */
export const LIVE = { kind: 'live', start: 'first-contact', script: null } as const;

/** Of a time that was taken at the arrival, all but the last digits. */
export const told = ({ tS, value, ...cue }: CueEvent): unknown => ({ ...cue, tS: Math.round(tS * 1e6) / 1e6, value: Math.round(value * 1e6) / 1e6 });

/** What a recording says when it is played by itself. */
export async function replayed(folder: string, file: string | null): Promise<readonly unknown[]> {
  const { meta, events, damage } = await readRecording(path.join(folder, file!));
  expect(damage).toBeNull();
  return runInputs(events, replayConfig(meta, { coaching: defaultCoachingConfig, overrides: {} })).cues.map(told);
}
