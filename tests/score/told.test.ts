import { describe, expect, it } from 'vitest';
import { idle } from '../../simulators/body/segment.ts';
import { define } from '../../simulators/scenarios/define.ts';
import type { DueKind } from '../../simulators/scenarios/scenario.ts';
import type { Activation } from './oracle.ts';
import { cuesOf } from './told.ts';

const PLAN = { name: 'told', title: 'Told', group: 'hamstrings', segments: [idle(1)] } as const;
const ticksUntil = (seconds: number, offFromS = Infinity) =>
  Array.from({ length: seconds * 10 }, (_, i) => ({ tS: (i + 1) / 10, speedCmS: 0, positionCm: 0, forceN: 200, contact: (i + 1) / 10 <= offFromS }));
const state = (kind: DueKind, level: number, startS: number, endS = Infinity): Activation => ({ kind, level, startS, endS });

/** Kind, level and time of the cues that follow. */
const told = (states: readonly Activation[], { seconds = 120, offFromS = Infinity, scenario = define(PLAN) } = {}) =>
  cuesOf(states, ticksUntil(seconds, offFromS), scenario).map(({ kind, level, startS }) => `${kind} ${level} at ${startS}`);

describe('what the person is told, by the oracle', () => {
  it('comes again after 12 s, three times in a row, and in a new row after 30 s without the fault', () => {
    expect(told([state('too-fast', 1, 5, 60)])).toEqual(['too-fast 1 at 5', 'too-fast 1 at 17', 'too-fast 1 at 29']);
    expect(told([state('too-fast', 1, 5, 40), state('too-fast', 1, 71, 75)])).toHaveLength(4);
    expect(told([state('too-fast', 1, 5, 40), state('too-fast', 1, 60, 75)])).toHaveLength(3);
  });

  it('is the most urgent; a less urgent one has its turn 12 s later', () => {
    expect(told([state('too-long', 1, 10, 40), state('over-pressure', 1, 10, 15)])).toEqual(['over-pressure 1 at 10', 'too-long 1 at 22', 'too-long 1 at 34']);
    expect(told([state('too-fast', 1, 10, 20), state('over-pressure', 1, 11, 14)])).toEqual(['too-fast 1 at 10', 'over-pressure 1 at 11']);
  });

  it('does not make the strong one wait for the mild one, but the mild one for the strong one', () => {
    expect(told([state('too-fast', 1, 10, 30), state('too-fast', 2, 12, 14)])).toEqual(['too-fast 1 at 10', 'too-fast 2 at 12', 'too-fast 1 at 24']);
  });

  it('stays for 2 s, a dose cue for 6 s; a dose cue waits for a free screen, and the goal is not told after the limit', () => {
    expect(told([state('over-pressure', 1, 10, 10.5), state('dose-goal', 1, 10)])).toEqual(['over-pressure 1 at 10', 'dose-goal 1 at 12']);
    expect(told([state('dose-limit', 1, 10), state('too-fast', 1, 11, 18)], { seconds: 20 })).toEqual(['dose-limit 1 at 10']);
    expect(told([state('dose-limit', 1, 10), state('too-fast', 1, 16, 18)], { seconds: 20 })).toEqual(['dose-limit 1 at 10', 'too-fast 1 at 16']);
    expect(told([state('dose-goal', 1, 10), state('dose-limit', 1, 10)], { seconds: 20 })).toEqual(['dose-limit 1 at 10']);
  });

  it('is not said again to who has left the roller, and the goal and a stop not twice', () => {
    expect(told([state('dose-limit', 1, 10)], { offFromS: 15 })).toEqual(['dose-limit 1 at 10']);
    expect(told([state('dose-goal', 1, 10)])).toEqual(['dose-goal 1 at 10']);
    expect(told([state('safety-stop', 2, 10)])).toEqual(['safety-stop 2 at 10']);
  });

  it('begins anew with another muscle', () => {
    const scenario = define({ ...PLAN, commands: [{ tS: 20, command: { type: 'select', group: 'quadriceps', side: 'left' } }] });
    expect(told([state('too-fast', 1, 15, 20), state('too-fast', 1, 22, 24)], { scenario })).toEqual(['too-fast 1 at 15', 'too-fast 1 at 22']);
  });

  it('is no hint', () => {
    expect(told([state('too-long', 0, 10, 40)])).toEqual([]);
  });
});
