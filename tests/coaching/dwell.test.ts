import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAreaDwell, QUANTUM_CM, stepAreaDwell } from '../../src/coaching/measures/area-dwell.ts';

/** The definition, word by word: the longest time up to now in which the range of positions is no more than the window. */
function dwellByDefinition(quanta: readonly number[], windowQuanta: number): number {
  let low = Infinity;
  let high = -Infinity;
  let back = quanta.length - 1;
  for (; back >= 0; back--) {
    low = Math.min(low, quanta[back] as number);
    high = Math.max(high, quanta[back] as number);
    if (high - low > windowQuanta) break;
  }
  return quanta.length - 2 - back;
}

const walk = fc.array(fc.oneof(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -300, max: 300 }), fc.constant(0)), { minLength: 1, maxLength: 400 });

describe('dwell on one area', () => {
  it('is what the definition says, for any way', () => {
    fc.assert(
      fc.property(walk, fc.constantFrom(3, 5, 8), (steps, windowCm) => {
        const dwell = createAreaDwell(windowCm);
        const quanta: number[] = [];
        for (const [tick, step] of steps.entries()) {
          quanta.push((quanta.at(-1) ?? 0) + step);
          const found = stepAreaDwell(dwell, tick, (quanta.at(-1) as number) * QUANTUM_CM);
          expect(found).toBe(dwellByDefinition(quanta, Math.round(windowCm / QUANTUM_CM)));
        }
      }),
    );
  });

  it('needs no more room however slowly a person creeps', () => {
    const dwell = createAreaDwell(5);
    const room = dwell.highest.values.length;
    let longest = 0;
    for (let tick = 0; tick < 200_000; tick++) longest = Math.max(longest, stepAreaDwell(dwell, tick, tick * 0.0001));
    expect(dwell.highest.values.length).toBe(room);
    expect(dwell.lowest.size).toBeLessThanOrEqual(room);
    expect(longest).toBeGreaterThan(49_900);
    expect(longest).toBeLessThan(50_200);
  });

  it('costs the same at any time: each position enters and leaves once', () => {
    const dwell = createAreaDwell(5);
    let entries = 0;
    let before = 0;
    let removals = 0;
    for (let tick = 0; tick < 20_000; tick++) {
      stepAreaDwell(dwell, tick, 4 * Math.sin(tick / 7) + tick * 0.01);
      entries++;
      removals += before + 1 - dwell.highest.size;
      before = dwell.highest.size;
    }
    expect(removals).toBeLessThanOrEqual(entries);
  });
});
