import { describe, expect, it } from 'vitest';
import type { CueEvent, CueKind } from '../../src/coaching/events.ts';
import { createPacing, dismiss, pace, type Candidate } from '../../src/coaching/pacing.ts';
import { defaultCoachingConfig as config } from '../../src/coaching/parameters.ts';
import { Coach, strokes } from './coach.ts';

const scene = { group: 'quadriceps', side: 'left', contact: true } as const;

/** Active from one time to another. */
interface Span {
  readonly kind: CueKind;
  readonly level: 1 | 2;
  readonly fromS: number;
  readonly toS: number;
}

function paced(spans: readonly Span[], forS: number): CueEvent[] {
  const pacing = createPacing();
  const events: CueEvent[] = [];
  for (let tick = 0; tick <= forS * 10; tick++) {
    const tS = tick / 10;
    const active = spans.filter(({ fromS, toS }) => tS >= fromS && tS < toS).map(({ kind, level, fromS }): Candidate => ({ kind, level, sinceS: fromS, value: 9, limit: 8 }));
    events.push(...pace(pacing, active, tS, scene, config));
  }
  return events;
}

const brief = ({ kind, level, phase, tS }: CueEvent): string => `${phase === 'start' ? '+' : '-'}${kind} ${level} @ ${tS}`;
const started = (events: readonly CueEvent[]): CueEvent[] => events.filter(({ phase }) => phase === 'start');

const span = (kind: CueKind, level: 1 | 2, fromS: number, toS: number): Span => ({ kind, level, fromS, toS });

describe('one cue at a time', () => {
  it('stays while its state lasts, and 2 s at least', () => {
    expect(paced([span('too-fast', 1, 1, 6)], 10).map(brief)).toEqual(['+too-fast 1 @ 1', '-too-fast 1 @ 6']);
    expect(paced([span('too-fast', 1, 1, 1.5)], 10).map(brief)).toEqual(['+too-fast 1 @ 1', '-too-fast 1 @ 3']);
  });

  it('gives way at once to a more urgent one', () => {
    expect(paced([span('too-fast', 1, 1, 8), span('too-long', 1, 2, 8)], 10).map(brief)).toEqual([
      '+too-fast 1 @ 1',
      '-too-fast 1 @ 2',
      '+too-long 1 @ 2',
      '-too-long 1 @ 8',
    ]);
  });

  it('drops a less urgent one until its next turn', () => {
    const events = paced([span('too-long', 1, 1, 8), span('too-fast', 1, 2, 20)], 20);
    expect(events.map(brief)).toEqual(['+too-long 1 @ 1', '-too-long 1 @ 8', '+too-fast 1 @ 14', '-too-fast 1 @ 20']);
    expect(events[2]?.repeat).toBe(1);
  });

  it('of two that are due at once tells the more urgent', () => {
    expect(paced([span('too-fast', 1, 1, 5), span('over-pressure', 1, 1, 5)], 6).map(brief)[0]).toBe('+over-pressure 1 @ 1');
  });

  it('lets a dose cue wait for a free screen, and go again after 6 s', () => {
    expect(paced([span('too-long', 2, 1, 8), span('dose-goal', 1, 3, 99)], 40).map(brief)).toEqual([
      '+too-long 2 @ 1',
      '-too-long 2 @ 8',
      '+dose-goal 1 @ 8',
      '-dose-goal 1 @ 14',
    ]);
  });

  it('does not congratulate on the goal when the limit has been reached', () => {
    const events = paced([span('over-pressure', 2, 1, 8), span('dose-goal', 1, 3, 99), span('dose-limit', 1, 7, 99)], 19);
    expect(started(events).map(brief)).toEqual(['+over-pressure 2 @ 1', '+dose-limit 1 @ 8']);
  });
});

/** 2.7.11, written out again: each cue against the next one in the order. */
const ORDER: readonly (readonly [CueKind, 1 | 2])[] = [
  ['safety-stop', 2],
  ['over-pressure', 2],
  ['too-fast', 2],
  ['over-pressure', 1],
  ['too-long', 2],
  ['dose-limit', 2],
  ['too-long', 1],
  ['too-fast', 1],
  ['dose-goal', 1],
];

describe('precedence', () => {
  it.each(ORDER.slice(1).map((lower, index) => [ORDER[index] as (typeof ORDER)[0], lower] as const))('%s before %s', (higher, lower) => {
    const both = paced([span(...lower, 0, 1), span(...higher, 0, 1)], 1);
    expect(both.map(brief)[0]).toBe(`+${higher[0]} ${higher[1]} @ 0`);
    const late = paced([span(...lower, 0, 9), span(...higher, 1, 9)], 1.1);
    expect(late.map(brief)).toContain(`+${higher[0]} ${higher[1]} @ 1`);
    const early = paced([span(...higher, 0, 9), span(...lower, 1, 9)], 1.1);
    expect(early).toHaveLength(1);
  });
});

describe('repeats', () => {
  it('come 12 s apart, each a cue of its own, and are quiet after the third', () => {
    const starts = started(paced([span('too-fast', 1, 3, 90)], 90));
    expect(starts.map(({ tS, repeat }) => [tS, repeat])).toEqual([[3, 1], [15, 2], [27, 3]]);
  });

  it('of a state that comes again wait for the cooldown too', () => {
    const starts = started(paced([span('too-fast', 1, 3, 6), span('too-fast', 1, 8, 20)], 30));
    expect(starts.map(({ tS }) => tS)).toEqual([3, 15]);
  });

  it('begin a new row after 30 s without the fault', () => {
    const early = started(paced([span('too-fast', 1, 0, 40), span('too-fast', 1, 69, 75)], 90));
    expect(early.map(({ tS }) => tS)).toEqual([0, 12, 24]);
    const late = started(paced([span('too-fast', 1, 0, 40), span('too-fast', 1, 70, 75)], 90));
    expect(late.map(({ tS, repeat }) => [tS, repeat])).toEqual([[0, 1], [12, 2], [24, 3], [70, 1]]);
  });

  it('leave the third cue on screen while its state lasts', () => {
    expect(paced([span('too-fast', 1, 0, 60)], 90).at(-1)).toMatchObject({ phase: 'end', tS: 60, repeat: 3 });
  });

  it('do not hold back a level 2, which is a cue of its own; a level 1 waits for it', () => {
    const starts = started(paced([span('too-fast', 1, 3, 40), span('too-fast', 2, 4, 8)], 40));
    expect(starts.map(({ level, tS, repeat }) => [level, tS, repeat])).toEqual([[1, 3, 1], [2, 4, 1], [1, 16, 2], [1, 28, 3]]);
  });

  it('do not exist for the goal', () => {
    expect(started(paced([span('dose-goal', 1, 1, 90)], 90)).map(({ tS }) => tS)).toEqual([1]);
  });
});

describe('sound', () => {
  const faults: Span[] = [0, 4, 8].flatMap((fromS) => [span('too-fast', 1, fromS, fromS + 2), span('too-long', 1, fromS + 2, fromS + 4)]);
  const fourAndMore = [...faults.slice(0, 2), span('over-pressure', 1, 4, 6), span('over-pressure', 2, 6, 8), span('too-fast', 2, 8, 10), span('dose-limit', 1, 10, 12)];

  it('is made four times a minute and no more', () => {
    const starts = started(paced(fourAndMore, 14));
    expect(starts.map(({ audible }) => audible)).toEqual([true, true, true, true, false, false]);
  });

  it('comes back as the minute passes', () => {
    const starts = started(paced([...fourAndMore, span('too-fast', 1, 60, 62), span('too-long', 1, 61, 62)], 64));
    expect(starts.slice(-2).map(({ tS, audible }) => [tS, audible])).toEqual([[60, true], [61, false]]);
  });

  it('is never denied to a safety stop', () => {
    expect(started(paced([...fourAndMore, span('safety-stop', 2, 12, 20)], 14)).at(-1)).toMatchObject({ kind: 'safety-stop', audible: true });
  });
});

describe('the screen', () => {
  it('is cleared when the session leaves it', () => {
    const pacing = createPacing();
    pace(pacing, [{ kind: 'too-fast', level: 1, sinceS: 0, value: 9, limit: 8 }], 0, scene, config);
    expect(dismiss(pacing, 0.5).map(brief)).toEqual(['-too-fast 1 @ 0.5']);
    expect(dismiss(pacing, 0.6)).toEqual([]);
  });
});

describe('through a whole session', () => {
  it('1.8 s strokes: the first cue by 4 s, then 12 s apart, quiet after the third', () => {
    expect(new Coach().roll({ forS: 59, speedCmS: strokes(38, 21) }).told).toEqual(['too-fast 1 @ 3.0', 'too-fast 1 @ 15.0', 'too-fast 1 @ 27.0']);
  });

  it('a hold of 65 s: the dwell wins over the goal, which is told when the screen is free', () => {
    const coach = new Coach({ group: 'hamstrings' }).roll({ forS: 65 }, { forS: 15, speedCmS: strokes(32, 2.5) });
    expect(coach.told.slice(0, 4)).toEqual(['too-long 1 @ 30.0', 'too-long 1 @ 42.0', 'too-long 1 @ 54.0', 'too-long 2 @ 60.0']);
    expect(coach.told.at(-1)).toMatch(/^dose-goal 1 @ 67/);
  });

  it('nobody is told again who has left the roller, and everybody who comes back to it', () => {
    const coach = new Coach().roll({ forS: 92, speedCmS: strokes(38, 2.5) }, { forS: 28, contact: false });
    expect(coach.told).toEqual(['dose-goal 1 @ 60.0', 'dose-limit 1 @ 90.0']);
    expect(coach.roll({ forS: 1, speedCmS: 2.5 }).told.at(-1)).toBe('dose-limit 1 @ 120.1');
  });

  it('nothing is told of a hint', () => {
    expect(new Coach().roll({ forS: 29 }).told).toEqual([]);
  });

  it('every cue that starts ends, in turn', () => {
    const coach = new Coach().roll({ forS: 30, speedCmS: 40 }, { forS: 40 }, { forS: 30, pctBw: 90 }).say({ type: 'stop' });
    for (const [index, cue] of coach.cues.entries()) expect(cue.phase).toBe(index % 2 === 0 ? 'start' : 'end');
    expect(coach.cues.length % 2).toBe(0);
    expect(coach.cues.length).toBeGreaterThan(8);
  });
});
