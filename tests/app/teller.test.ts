import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openMemory } from '../../src/app/memory.ts';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { Calibrations } from '../../src/sessions/calibrations.ts';
import { NOTHING_KEPT, openStage, type Stage } from './stage.ts';

/** How often the roller, the session and what is kept of the roller are looked at from now on. */
const watched = ({ conductor }: Stage): (() => readonly number[]) => {
  const looks = [vi.spyOn(conductor, 'roller'), vi.spyOn(conductor, 'session')];
  return () => looks.map(({ mock }) => mock.calls.length);
};

describe('what is told of a station', () => {
  it('is looked at when a second of dose has been added, not with each frame or tick', () => {
    const of = vi.fn<Calibrations['of']>(() => null);
    const stage = openStage({ scenario: 'good-rolling', calibrations: { ...NOTHING_KEPT, of } });
    stage.play(5);
    const looks = watched(stage);
    const [told, asked] = [stage.sessions.length, of.mock.calls.length];
    stage.play(25);
    const [rollers, sessions] = looks();
    expect(stage.sessions.length - told).toBe(20);
    // Beside the doses there are some reports of the signal strength.
    expect(sessions).toBeGreaterThanOrEqual(20 * 2);
    expect(sessions).toBeLessThanOrEqual(20 * 2 + 8);
    expect(rollers).toBe(sessions! - 20);
    expect(of.mock.calls.length - asked).toBe(rollers);
  });

  it('is not looked at while nobody rolls', () => {
    const stage = openStage({ scenario: 'good-rolling', kind: 'live', start: 'first-contact', script: null });
    stage.play(1);
    const looks = watched(stage);
    stage.play(4);
    expect(looks()).toEqual([0, 0]);
  });

  it('is told at once when the session begins with a contact, and the first of a dose with it', () => {
    const stage = openStage({ scenario: 'good-rolling', kind: 'live', start: 'first-contact', script: null });
    stage.play(3);
    void stage.conductor.fulfil({ type: 'select', group: 'hamstrings', side: 'both' });
    while (stage.conductor.state.coaching.session === 'ready') stage.play(stage.conductor.state.durationS + 0.02);
    expect(stage.sessions.at(-1)).toMatchObject({ state: 'running' });
    stage.play(stage.conductor.state.durationS + 0.25);
    expect(stage.sessions.at(-1)!.doses).toMatchObject([{ group: 'hamstrings' }]);
    expect(stage.sessions.at(-1)!.doses[0]!.doseS).toBeLessThan(0.5);
    expect(stage.hellos.at(-1)).toMatchObject({ session: 'running' });
  });

  it('is told when somebody else has changed what is kept of the roller', () => {
    let kept: ReturnType<Calibrations['of']> = null;
    const stage = openStage({ scenario: 'good-rolling', calibrations: { ...NOTHING_KEPT, of: () => kept } });
    stage.play(3);
    expect(stage.hellos.at(-1)).toMatchObject({ calibrated: {} });
    kept = { radiusCm: 7.1, forceScale: null, comfortLoad: null, since: { distance: '2026-05-03T00:00:00.000Z' } };
    stage.rollerEdits$.next();
    expect(stage.hellos.at(-1)).toMatchObject({ calibrated: { distance: { value: 7.1 } } });
  });

  it('is told no longer once the station is closed', async () => {
    const stage = openStage({ scenario: 'good-rolling' });
    stage.play(1);
    await stage.conductor.close();
    expect(stage.rollerEdits$.observed).toBe(false);
  });

  it('is told as it is left for another roller, before that one comes', () => {
    const stage = openStage({ scenario: 'good-rolling', kind: 'live', meet: () => undefined });
    stage.play(2);
    stage.conductor.meet('Blue');
    expect(stage.hellos.at(-1)).toBeNull();
  });
});

it('a person who changes what is kept of a roller is heard of, once for each change', async () => {
  const log = { info: () => undefined, warn: () => undefined };
  const { library, rollerEdits$ } = await openMemory({ folder: null, remembersRollers: false, coaching: defaultCoachingConfig, clock: systemClock, log });
  onTestFinished(() => library.close());
  let edits = 0;
  rollerEdits$.subscribe(() => edits++);
  library.meetRoller({ id: 'r1', name: 'Smart Roller', tool: 'roller' }, 1);
  expect(library.changeRoller('r1', { radiusCm: 7.1 }, 2)).toMatchObject({ radiusCm: 7.1 });
  expect(() => library.changeRoller('r2', { radiusCm: 7 }, 2)).toThrow('r2');
  expect(edits).toBe(1);
});
