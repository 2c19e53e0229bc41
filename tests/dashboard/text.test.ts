import { describe, expect, test } from 'vitest';
import { createAnnouncer } from '../../src/dashboard/sound/announcer.ts';
import { ageText, clockText, limitText, massFrom, massIn, speedText } from '../../src/dashboard/view/units.ts';

describe('units', () => {
  test('speed in centimetres and in inches', () => {
    expect([speedText('cm', 2.54), speedText('in', 2.54)]).toEqual(['2.5', '1.0']);
    expect([limitText('cm', 12), limitText('cm', 7.5), limitText('in', 12)]).toEqual(['12', '7.5', '4.7']);
  });

  test('mass there and back', () => {
    expect(massIn('in', 72)).toBeCloseTo(158.73, 2);
    expect(massFrom('in', massIn('in', 72))).toBeCloseTo(72, 9);
    expect(massFrom('cm', 72)).toBe(72);
  });

  test('ages and durations', () => {
    expect([600, 2400, 61_000, 7_200_000].map(ageText)).toEqual(['1 s ago', '2 s ago', '1 min ago', 'long ago']);
    expect([0, 42.9, 65, 600, 3599.9, 3600, 10_799.9].map(clockText)).toEqual(['0:00', '0:42', '1:05', '10:00', '59:59', '1:00:00', '2:59:59']);
  });
});

describe('the announcer', () => {
  function setUp() {
    const written: [number, string][] = [];
    let nowMs = 0;
    let timer: { atMs: number; run: () => void } | null = null;
    const announcer = createAnnouncer({
      write: (text) => void written.push([nowMs, text]),
      nowMs: () => nowMs,
      later: (ms, run) => void (timer = { atMs: nowMs + ms, run }),
    });
    const at = (ms: number, text: string | null): void => {
      if (timer !== null && timer.atMs <= ms) {
        nowMs = timer.atMs;
        const { run } = timer;
        timer = null;
        run();
      }
      nowMs = ms;
      if (text !== null) announcer.announce(text);
    };
    return { written, at };
  }

  test('says at most one thing in 5 s, and of those that waited the last', () => {
    const { written, at } = setUp();
    at(0, 'Good pace');
    at(1000, 'Slow down');
    at(2000, 'Good');
    at(3000, 'Move on');
    at(9000, null);
    at(11_000, 'Done');
    expect(written).toEqual([[0, 'Good pace'], [5000, 'Move on'], [11_000, 'Done']]);
  });

  test('does not say what it has just said', () => {
    const { written, at } = setUp();
    at(0, 'Good pace');
    at(1000, 'Slow down');
    at(2000, 'Good pace');
    at(8000, null);
    expect(written).toEqual([[0, 'Good pace']]);
  });
});
