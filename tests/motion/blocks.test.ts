import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { geometryOf } from '../../src/link/drivers/decoder.ts';
import type { SampleBlock } from '../../src/motion/block.ts';
import { createMotion, setBodyMass, stepMotion } from '../../src/motion/motion.ts';
import { viewMotion } from '../../src/motion/motion-view.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { CELLS, pressed } from './cells.ts';
import { blocksOf, infoOf, MPU6050, rocking } from './synthetic.ts';

/** Two IMU samples and one reading each: contact comes and goes, strokes and all. */
const BLOCKS = blocksOf({
  path: rocking(30, 2), seconds: 9.6, errors: MPU6050, info: { cells: CELLS },
  cells: (tS, phase) => pressed({ bodyKpa: tS < 1 || (tS > 5 && tS < 6.4) ? 0 : 25 }, phase),
});
const GEOMETRY = geometryOf(infoOf({ cells: CELLS }));

const joined = (blocks: readonly SampleBlock[]): SampleBlock => {
  const all = (pick: (block: SampleBlock) => Float32Array): Float32Array => Float32Array.from(blocks.flatMap((block) => Array.from(pick(block))));
  return {
    ...blocks[0]!,
    imuCount: 2 * blocks.length, readingCount: blocks.length,
    gyroDps: all((block) => block.gyroDps), accelG: all((block) => block.accelG), cellKpa: all((block) => block.cellKpa),
  };
};

/** The same samples in blocks of so many pairs each. */
function* cut(sizes: readonly number[]): Generator<SampleBlock> {
  for (let at = 0, i = 0; at < BLOCKS.length; at += sizes[i++ % sizes.length]!) yield joined(BLOCKS.slice(at, at + sizes[i % sizes.length]!));
}

const ticksOf = (blocks: Iterable<SampleBlock>): MotionTick[] => {
  const motion = createMotion(GEOMETRY);
  setBodyMass(motion, 75);
  return [...blocks].flatMap((block) => [...stepMotion(motion, block)]);
};

const rounded = (tick: MotionTick): unknown =>
  JSON.parse(JSON.stringify(tick, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 + 0 : value)));

describe('motion', () => {
  it('gives the same ticks however the samples are cut into blocks', () => {
    const whole = ticksOf(BLOCKS).map(rounded);
    expect(whole).toHaveLength(95);
    expect(ticksOf(BLOCKS).some((tick) => tick.strokes.length > 0)).toBe(true);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 6 }), (sizes) => {
        expect(ticksOf(cut(sizes)).map(rounded)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it('goes on from a copy of its state as from the state itself', () => {
    const motion = createMotion(GEOMETRY);
    for (const block of BLOCKS.slice(0, 200)) stepMotion(motion, block);
    const copy = structuredClone(motion);
    expect(copy).toEqual(motion);
    for (const block of BLOCKS.slice(200)) expect(stepMotion(copy, block)).toEqual(stepMotion(motion, block));
    expect(viewMotion(copy)).toEqual(viewMotion(motion));
  });
});
