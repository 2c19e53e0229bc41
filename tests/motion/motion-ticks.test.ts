import { TestScheduler } from 'rxjs/testing';
import { map, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { geometryOf } from '../../src/link/drivers/decoder.ts';
import type { SampleBlock } from '../../src/motion/block.ts';
import { motionTicks } from '../../src/motion/motion.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { blocksOf, constantSpeed, infoOf } from './synthetic.ts';

const GEOMETRY = geometryOf(infoOf());
/** Ten samples each: a block that ends at 0.09 s, one that reaches 0.19 s, one that reaches 0.29 s. */
const [a, b, c] = blocksOf({ path: constantSpeed(5), seconds: 0.3, samplesPerFrame: 10 }) as [SampleBlock, SampleBlock, SampleBlock];
const BLOCKS = { a, b, c };

/** Ticks by their tenth of a second. */
const tenths = (ticks: readonly MotionTick[]): number[] => ticks.map((tick) => Math.round(tick.tS * 10));
const scheduler = (): TestScheduler => new TestScheduler((actual, expected) => expect(actual).toEqual(expected));

describe('motionTicks', () => {
  it('gives the ticks of a block with the block, and nothing for a block without', () => {
    scheduler().run(({ hot, expectObservable, expectSubscriptions }) => {
      const blocks$ = hot('  -a-b--c-|', BLOCKS);
      const expected = '     ---x--y-|';
      expectObservable(blocks$.pipe(motionTicks(GEOMETRY), map(tenths))).toBe(expected, { x: [1], y: [2] });
      expectSubscriptions(blocks$.subscriptions).toBe('^-------!');
    });
  });

  it('leaves its source when it is left, and hands errors on', () => {
    scheduler().run(({ hot, expectObservable, expectSubscriptions }) => {
      const blocks$ = hot('  -a-b--c-#', BLOCKS);
      expectObservable(blocks$.pipe(motionTicks(GEOMETRY), map(tenths)), '^----!').toBe('---x--', { x: [1] });
      expectObservable(blocks$.pipe(motionTicks(GEOMETRY), map(tenths))).toBe('---x--y-#', { x: [1], y: [2] });
      expectSubscriptions(blocks$.subscriptions).toBe(['^----!', '^-------!']);
    });
  });

  it('keeps a state for each subscriber', () => {
    const blocks$ = new Subject<SampleBlock>();
    const ticks$ = blocks$.pipe(motionTicks(GEOMETRY));
    const early: number[][] = [];
    const late: number[][] = [];
    ticks$.subscribe((ticks) => early.push(ticks.map((tick) => tick.positionCm)));
    blocks$.next(a);
    ticks$.subscribe((ticks) => late.push(ticks.map((tick) => tick.positionCm)));
    blocks$.next(b);
    blocks$.next(c);
    expect(early.map((positions) => positions.map((cm) => Math.round(cm * 10) / 10))).toEqual([[0.5], [1]]);
    expect(late.map((positions) => positions.map((cm) => Math.round(cm * 10) / 10))).toEqual([[0.5]]);
    expect(blocks$.observed).toBe(true);
  });
});
