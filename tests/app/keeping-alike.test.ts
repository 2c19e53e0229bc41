import { expect, it } from 'vitest';
import type { CueEvent } from '../../src/coaching/events.ts';
import type { Wish } from '../../src/server/channel.ts';
import type { Calibrations } from '../../src/sessions/calibrations.ts';
import type { KeptSession } from '../../src/sessions/library/records.ts';
import { inScratch } from '../sessions/scratch.ts';
import { LIVE, openKeeping, replayed, told, type KeepingOptions, type KeepingStage } from './keeping-stage.ts';

const CALIBRATED: Calibrations = {
  personId: null,
  of: () => ({ radiusCm: 6.4, forceScale: 1.3, comfortLoad: null, since: {} }),
  keep: () => Promise.resolve(),
};

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
    name: 'pain that stops it before the roller is there, which then is a ball',
    ...LIVE,
    scenario: 'ball',
    act({ say, play }) {
      say({ type: 'select', group: 'piriformis', side: 'left' }, { type: 'pain', nrs: 9 });
      play(5);
      say({ type: 'confirm' }, { type: 'continue' });
      play(15);
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
    name: 'pain that is told a while after the stop, when another muscle has been chosen',
    act({ say, play }) {
      play(9);
      say({ type: 'stop' });
      play(14);
      say({ type: 'select', group: 'lats', side: 'right' }, { type: 'pain', nrs: 4 });
      play(15);
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

it.each(COURSES)('a session that is kept says alone what was said live, and its recording gives the same summary: $name', ({ act, name: _name, ...options }) =>
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
    const kept = (): unknown => sessions.map(({ id }) => withoutNames(stage.library.getSession(id)));
    const asLive = kept();
    await stage.library.rebuild();
    expect(kept()).toEqual(asLive);
  }));

/** What people are called stands in the library alone. */
const withoutNames = ({ summary: { origin, ...summary }, ...session }: KeptSession): unknown =>
  ({ ...session, summary: { ...summary, origin: { ...origin, person: origin.person?.id ?? null } } });
