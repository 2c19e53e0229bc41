import { describe, expect, it } from 'vitest';
import { endedNotes } from '../../src/dashboard/view/ended-notes.ts';

const left = { group: 'hamstrings', side: 'left', doseS: 60 } as const;
const right = (doseS: number) => ({ ...left, side: 'right', doseS }) as const;

describe('notes at the end', () => {
  it('sides that differ by more than 15 % of the greater, once', () => {
    expect(endedNotes([left, right(51)])).toEqual([]);
    expect(endedNotes([left, right(50.9)])).toEqual(['Hamstrings: the right side had 9 s less than the other.']);
    expect(endedNotes([right(80), left])).toEqual(['Hamstrings: the left side had 20 s less than the other.']);
  });

  it('nothing of sides where only one was rolled, or another muscle', () => {
    expect(endedNotes([left, { ...right(10), group: 'lats' }])).toEqual([]);
    expect(endedNotes([{ ...left, side: 'both' }])).toEqual([]);
  });

  it('one place that had most of it', () => {
    expect(endedNotes([{ ...left, uneven: true }, { ...left, group: 'quadriceps', side: 'both', uneven: true }])).toEqual([
      'Hamstrings, left: one place had most of the time. Spread it over the muscle next time.',
      'Quadriceps: one place had most of the time. Spread it over the muscle next time.',
    ]);
  });
});
