import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBudget, spend } from '../../src/server/budget.ts';
import { startPacer } from '../../src/server/pacer.ts';

/** Timers that fire `lateMs` late, as on a busy machine; each beat takes `workMs`. Gives the times of the beats, ms. */
function beatsIn(seconds: number, { lateMs = 0, workMs = () => 0 }: { lateMs?: number; workMs?: (beat: number) => number }): number[] {
  let nowMs = 0;
  let due: { atMs: number; run: () => void } | null = null;
  const set = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms: number) => {
    due = { atMs: nowMs + Math.max(0, ms) + lateMs, run };
    return {};
  }) as never);
  onTestFinished(() => set.mockRestore());
  const beats: number[] = [];
  startPacer(0.05, { monotonicS: () => nowMs / 1000, utcMs: () => 0 }, () => {
    beats.push(nowMs);
    nowMs += workMs(beats.length);
  });
  for (;;) {
    const { atMs, run } = due as unknown as { atMs: number; run: () => void };
    if (atMs > seconds * 1000) return beats;
    nowMs = Math.max(nowMs, atMs);
    run();
  }
}

describe('the pacer', () => {
  it('keeps its rate though every timer is late and every beat takes a while', () => {
    const beats = beatsIn(10, { lateMs: 1.5, workMs: () => 20 });
    expect(beats).toHaveLength(199);
    beats.forEach((atMs, index) => expect(atMs).toBeCloseTo((index + 1) * 50 + 1.5, 6));
  });

  it('swallows what it missed instead of hurrying after it', () => {
    const beats = beatsIn(1, { workMs: (beat) => (beat === 4 ? 170 : 0) });
    expect(beats.slice(0, 7).map(Math.round)).toEqual([50, 100, 150, 200, 400, 450, 500]);
  });

  it('stops', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const beat = vi.fn<() => void>();
    const stop = startPacer(0.05, { monotonicS: () => performance.now() / 1000, utcMs: () => 0 }, beat);
    vi.advanceTimersByTime(120);
    stop();
    vi.advanceTimersByTime(1000);
    expect(beat).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a budget', () => {
  it('is not saved up beyond its burst', () => {
    const budget = createBudget(20, 40, 0);
    let spent = 0;
    while (spend(budget, 3600)) spent++;
    expect(spent).toBe(40);
    expect([spend(budget, 3600.04), spend(budget, 3600.06)]).toEqual([false, true]);
  });
});
