import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJump, type Rate } from '../../src/dashboard/state/jump.ts';
import { placeS } from '../../src/dashboard/state/place.ts';
import { forget, remember, type SpeedHistory } from '../../src/dashboard/state/speed-history.ts';
import { tellingOf } from '../../src/dashboard/state/telling.ts';
import { countMarks, MARKS, marksApart, markTitle, marksText } from '../../src/dashboard/transport/marks.ts';
import { CUE_WORDS } from '../../src/guide/cue-words.ts';
import type { TimelineMessage } from '../../src/server/wire.ts';

describe('a jump', () => {
  const rate = fc.constantFrom<Exclude<Rate, 'max'>>(0.25, 0.5, 1, 2, 4, 8, 16);

  test('is session time that runs backwards, at any rate', () => {
    fc.assert(fc.property(fc.oneof(rate, fc.constant<Rate>('max')), fc.double({ min: 0.001, max: 3600, noNaN: true }), (at, backS) => {
      expect(isJump({ tS: 4000, atMs: 0 }, { tS: 4000 - backS, atMs: 50 }, at)).toBe(true);
    }));
  });

  test('is none while time passes at the rate, however late snapshots are, and while a recording is silent', () => {
    fc.assert(fc.property(rate, fc.array(fc.integer({ min: 1, max: 4000 }), { maxLength: 30 }), fc.boolean(), (at, waitsMs, isSilent) => {
      let before = { tS: 10, atMs: 0 };
      for (const waitMs of waitsMs) {
        const now = { tS: before.tS + (isSilent ? 0 : (at * waitMs) / 1000), atMs: before.atMs + waitMs };
        expect(isJump(before, now, at)).toBe(false);
        before = now;
      }
    }));
  });

  test('ahead is further than time has passed; as fast as possible nothing is', () => {
    expect(isJump({ tS: 10, atMs: 0 }, { tS: 15, atMs: 50 }, 1)).toBe(true);
    expect(isJump({ tS: 10, atMs: 0 }, { tS: 60, atMs: 50 }, 16)).toBe(true);
    expect(isJump({ tS: 10, atMs: 0 }, { tS: 600, atMs: 50 }, 'max')).toBe(false);
    expect(isJump(null, { tS: 600, atMs: 50 }, 1)).toBe(false);
  });
});

describe('how a cue is told', () => {
  test('of a roller that is there: at once, or in writing when it is more than 2 s late', () => {
    expect(tellingOf({ tS: 98 }, 100, null)).toBe('now');
    expect(tellingOf({ tS: 97.9 }, 100, null)).toBe('missed');
    expect(tellingOf({ tS: 100.2 }, 100, null)).toBe('now');
  });

  test('of a recording: only where it is played now, never as missed', () => {
    expect(tellingOf({ tS: 99 }, 100, 1)).toBe('now');
    expect(tellingOf({ tS: 40 }, 100, 1)).toBe('not'); // told of the place it has jumped to, before a snapshot of that
    expect(tellingOf({ tS: 160 }, 100, 1)).toBe('not');
    expect(tellingOf({ tS: 90 }, 100, 8)).toBe('now');
    expect(tellingOf({ tS: 98.5 }, 100, 0.25)).toBe('now');
    expect(tellingOf({ tS: 100 }, 100, 'max')).toBe('not');
  });
});

describe('the place in a recording', () => {
  const playing = { playing: true, rate: 2, durationS: 60 } as const;

  test('goes on between two snapshots, and through what was silent', () => {
    expect(placeS(playing, { tS: 10, ageMs: 20 }, 30)).toBeCloseTo(10.08, 9);
    expect(placeS(playing, { tS: 10, ageMs: 4000 }, 0)).toBeCloseTo(14, 9);
    expect(placeS(playing, { tS: 0, ageMs: null }, 0)).toBe(0);
  });

  test('stands still in a pause, ends with the file, and does not run away from a service that has fallen silent', () => {
    expect(placeS({ ...playing, playing: false }, { tS: 10, ageMs: 20 }, 5000)).toBeCloseTo(10.02, 9);
    expect(placeS(playing, { tS: 59.9, ageMs: 900 }, 0)).toBe(60);
    expect(placeS(playing, { tS: 10, ageMs: 0 }, 60_000)).toBeCloseTo(11, 9);
    expect(placeS({ ...playing, rate: 'max' }, { tS: 10, ageMs: 0 }, 400)).toBe(10);
  });
});

test('the trace begins anew after a jump ahead, too', () => {
  const history: SpeedHistory = { points: [] };
  for (let step = 0; step < 40; step++) remember(history, { tS: step / 10, speedCmS: 2 });
  forget(history);
  remember(history, { tS: 9, speedCmS: 3 });
  expect(history.points).toEqual([{ atS: 9, cmS: 3 }]);
});

describe('marks', () => {
  const cue = (kind: TimelineMessage['cues'][number]['kind'], tS: number, level: 1 | 2 = 1): TimelineMessage['cues'][number] => ({
    tS, kind, level, group: 'hamstrings', side: 'left',
  });

  test('of one kind that would stand on one another are one, the strong one before the others; other kinds are left', () => {
    const [first, strong, later, other] = [cue('dose-limit', 10), cue('dose-limit', 15, 2), cue('dose-limit', 40), cue('too-fast', 11)];
    expect(marksApart([first, other, strong, later], 20)).toEqual([strong, other, later]);
    expect(marksApart([first, cue('dose-limit', 15), later], 20)).toEqual([first, later]);
    expect(marksApart([first, other, strong, later], 0)).toHaveLength(4);
  });

  test('every kind of cue has an outline and a name of its own', () => {
    expect(Object.keys(MARKS).toSorted()).toEqual(Object.keys(CUE_WORDS).toSorted());
    for (const part of ['outline', 'name'] as const) {
      expect(new Set(Object.values(MARKS).map((mark) => mark[part])).size).toBe(Object.keys(MARKS).length);
    }
  });

  test('say what was told and when', () => {
    expect(markTitle(cue('too-fast', 65.7))).toBe('Slow down at 1:05');
    expect(markTitle(cue('safety-stop', 3, 2))).toBe('Stop at 0:03');
  });

  test('are counted by kind', () => {
    const cues = [cue('dose-goal', 50), cue('too-fast', 4), cue('too-fast', 9, 2)];
    expect(countMarks(cues)).toEqual([{ kind: 'too-fast', count: 2 }, { kind: 'dose-goal', count: 1 }]);
    expect(marksText(cues, [])).toBe('Cues: 2 slow down, 1 goal reached');
    expect(marksText([], [])).toBe('No cues');
    expect(marksText([], [{ tS: 65.7, text: 'pulls' }])).toBe('No cues. Marked: 1:05 pulls');
  });
});
