import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pass, passUntil, fakeTime } from '../radio/virtual-time.ts';
import { isGapless, openStage, type Stage } from './stage.ts';

describe('the real noble over the software radio', () => {
  let stage: Stage;
  beforeEach(async () => {
    fakeTime();
    stage = await openStage();
  });
  afterEach(async () => {
    await stage.close();
    vi.useRealTimers();
  });

  test('goes from scan to stream in the order of the table', async () => {
    stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'streaming', 5000);
    expect(roller.states()).toEqual(['scanning', 'connecting', 'discovering', 'subscribing', 'streaming']);
    await pass(1000);
    expect(isGapless(roller.sequences())).toBe(true);
  });
});
