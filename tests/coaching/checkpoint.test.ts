import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/coaching/events.ts';
import { summarize, viewCoaching } from '../../src/coaching/coaching.ts';
import { MUSCLE_GROUPS, SIDES } from '../../src/guide/groups.ts';
import { Coach, type Stretch } from './coach.ts';

const stretch: fc.Arbitrary<Stretch> = fc.record({
  forS: fc.integer({ min: 1, max: 40 }),
  speedCmS: fc.constantFrom(-20, -9, -2.5, 0, 0.3, 2.5, 8, 20, 40),
  contact: fc.boolean(),
  pctBw: fc.constantFrom(20, 58, 70, 90),
  disturbed: fc.constantFrom(false, false, false, true),
  gap: fc.constantFrom(false, false, false, true),
});

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('select' as const), group: fc.constantFrom(...MUSCLE_GROUPS), side: fc.constantFrom(...SIDES) }),
  fc.record({ type: fc.constant('mass' as const), massKg: fc.constantFrom(null, 60, 90) }),
  fc.record({ type: fc.constant('pain' as const), nrs: fc.integer({ min: 0, max: 10 }) }),
  fc.record({ type: fc.constant('hold' as const), on: fc.boolean() }),
  fc.record({ type: fc.constant('profile' as const), profile: fc.constantFrom('release' as const, 'rhythm' as const) }),
  fc.constantFrom<Command>({ type: 'start' }, { type: 'pause' }, { type: 'continue' }, { type: 'stop' }, { type: 'confirm' }),
);

const script = fc.array(fc.oneof({ weight: 3, arbitrary: stretch }, { weight: 1, arbitrary: command }), { maxLength: 14 });

const play = (coach: Coach, steps: readonly (Stretch | Command)[]): Coach => {
  for (const step of steps) if ('type' in step) coach.say(step); else coach.roll(step);
  return coach;
};

const all = (coach: Coach) => ({ states: coach.states, cues: coach.cues, sessions: coach.sessions, view: viewCoaching(coach.state), summary: summarize(coach.state) });

describe('whatever happens', () => {
  it('a clone of the state goes on as the original would', () => {
    fc.assert(
      fc.property(script, script, (before, after) => {
        const whole = play(new Coach(), [...before, ...after]);
        const resumed = play(new Coach(), before);
        resumed.state = structuredClone(resumed.state);
        expect(all(play(resumed, after))).toEqual(all(whole));
      }),
      { numRuns: 25 },
    );
  });

  it('starts and ends alternate, in time, for every state and for the screen', () => {
    fc.assert(
      fc.property(script, (steps) => {
        const coach = play(new Coach(), steps);
        const open = new Set<string>();
        let lastS = 0;
        for (const { kind, level, phase, tS } of coach.states) {
          const key = `${kind} ${level}`;
          expect(open.has(key)).toBe(phase === 'end');
          if (phase === 'start') open.add(key); else open.delete(key);
          expect(tS).toBeGreaterThanOrEqual(lastS);
          lastS = tS;
        }
        expect(viewCoaching(coach.state).active.map(({ kind, level }) => `${kind} ${level}`).sort()).toEqual([...open].sort());
        for (const [index, cue] of coach.cues.entries()) expect(cue.phase).toBe(index % 2 === 0 ? 'start' : 'end');
      }),
      { numRuns: 25 },
    );
  });

  it('the same kind and level is never told within 12 s, nor more than four sounds a minute', () => {
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 14 }), (steps) => {
        const told = play(new Coach(), steps).cues.filter(({ phase }) => phase === 'start');
        for (const [index, cue] of told.entries()) {
          const before = told.slice(0, index).findLast(({ kind, level }) => kind === cue.kind && level === cue.level);
          expect(cue.tS - (before?.tS ?? -Infinity)).toBeGreaterThan(11.99);
          expect(told.filter(({ audible, tS }) => audible && tS <= cue.tS && tS > cue.tS - 60 + 1e-6).length).toBeLessThanOrEqual(4);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('memory stays the same however long it goes on', () => {
    const coach = new Coach();
    const bytes = (): number => JSON.stringify(coach.state, (_, value: unknown) => (ArrayBuffer.isView(value) ? value.byteLength : value)).length;
    coach.roll({ forS: 300, speedCmS: 0.01 });
    const early = bytes();
    coach.roll({ forS: 1800, speedCmS: (sinceS) => Math.sin(sinceS) * 30 });
    expect(bytes()).toBeLessThan(early + 200);
  });
});
