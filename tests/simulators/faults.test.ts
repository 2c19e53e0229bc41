import { describe, expect, it } from 'vitest';
import { unreliable, type LinkFaults } from '../../simulators/faults/link-faults.ts';
import { meanOf } from './support/reading.ts';

const FRAMES = 40_000;
const frame = (i: number) => ({ type: 'frame', characteristic: 'stream', arrivalS: i * 0.02, i });
const frames = Array.from({ length: FRAMES }, (_, i) => frame(i));
const through = (faults: Partial<LinkFaults>, seed = 2) => [...unreliable(frames, { loss: 0, burstFrames: 1, stall: null, ...faults }, seed)];

/** How many frames are missing between each two that arrived. */
const gapsOf = (arrived: readonly { i: number }[]): number[] => arrived.slice(1).map(({ i }, k) => i - arrived[k]!.i - 1).filter((gap) => gap > 0);

describe('an unreliable link', () => {
  it.each([[0.01, 1], [0.05, 1], [0.05, 15], [0.2, 4]])('loses %f of the frames, %i at a time', (loss, burstFrames) => {
    const arrived = through({ loss, burstFrames });
    expect(1 - arrived.length / FRAMES).toBeGreaterThan(loss * 0.8);
    expect(1 - arrived.length / FRAMES).toBeLessThan(loss * 1.2);
    // A loss that follows a loss by chance makes single ones a little longer.
    expect(meanOf(gapsOf(arrived))).toBeGreaterThan(burstFrames * 0.85);
    expect(meanOf(gapsOf(arrived))).toBeLessThan(burstFrames * 1.2);
  });

  it('loses the same for the same seed, and other frames for another', () => {
    const lost = (seed: number) => through({ loss: 0.05 }, seed).map(({ i }) => i);
    expect(lost(4)).toEqual(lost(4));
    expect(lost(4)).not.toEqual(lost(6));
  });

  it('loses nothing else, and nothing at all without faults', () => {
    const others = [{ type: 'state', arrivalS: 0 }, { type: 'frame', characteristic: 'info', arrivalS: 0 }, { type: 'truth', tS: 0.1 }];
    const worst = { loss: 0.99, burstFrames: 1000, stall: null };
    expect([...unreliable(others, worst, 2)]).toEqual(others);
    expect(through({})).toEqual(frames);
  });

  it('lets the first frame through, from which a session counts its time', () => {
    for (let seed = 1; seed <= 20; seed++) expect(through({ loss: 0.9, burstFrames: 5 }, seed)[0]!.i).toBe(0);
  });

  it('holds up what arrives in a stall, in order, and loses none of it', () => {
    const arrived = through({ stall: { everyS: 7, lastS: 0.8 } });
    expect(arrived.map(({ i }) => i)).toEqual(frames.map(({ i }) => i));
    const delays = arrived.map(({ arrivalS, i }) => arrivalS - i * 0.02);
    expect(Math.max(...delays)).toBeGreaterThan(0.75);
    expect(Math.max(...delays)).toBeLessThanOrEqual(0.8);
    expect(Math.min(...delays)).toBe(0);
    expect(arrived.every(({ arrivalS }, k) => k === 0 || arrivalS >= arrived[k - 1]!.arrivalS)).toBe(true);
  });
});
