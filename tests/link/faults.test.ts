import { describe, expect, test } from 'vitest';
import { breachesOf, runFaults, type FaultRun } from './fault-run.ts';
import { queueOf, randomScript } from './random-script.ts';

const times = ({ states }: FaultRun, name: string): number => states.filter((state) => state === name).length;

/** Sequential on purpose: each run takes the timers of the process. */
describe('random faults', () => {
  test('of twelve scripts break nothing: every frame is accounted for, the dose is right, nothing is left, and rollers are soon back', { timeout: 120_000 }, async () => {
    const runs: FaultRun[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      runs.push(await runFaults({ script: randomScript(seed, 120), seed, seconds: 120, queueFrames: queueOf(seed) }));
    }
    for (const run of runs) expect(breachesOf(run), run.script).toEqual([]);
    const comebacksS = runs.flatMap((run) => run.comebacksS).toSorted((a, b) => a - b);
    expect(comebacksS.length).toBeGreaterThan(5);
    expect(comebacksS[Math.floor(0.95 * comebacksS.length)]).toBeLessThanOrEqual(5);
  });

  test('are the same for the same seed', async () => {
    const run = (): Promise<FaultRun> => runFaults({ script: 'bursts:30%;drop:at=7s;fade:42dB,at=12s', seed: 3, seconds: 20 });
    expect(await run()).toEqual(await run());
  });
});

describe('a fault', () => {
  const run = async (script: string, queueFrames?: number): Promise<FaultRun> => {
    const done = await runFaults({ script, seed: 1, seconds: 60, ...(queueFrames !== undefined && { queueFrames }) });
    expect(breachesOf(done)).toEqual([]);
    return done;
  };

  test('none: every frame arrives', async () => {
    const { balance, states } = await run('loss:0%');
    expect(balance).toMatchObject({ dropped: 0, gaps: 0 });
    expect(balance.made).toBeGreaterThan(2900);
    expect(states).toEqual(['scanning', 'connecting', 'discovering', 'subscribing', 'streaming']);
  });

  test.each(['loss:40%', 'bursts:30%', 'blackout:at=30s,for=1.9s', 'fade:30dB,at=20s'])('%s costs time and no frame', async (script) => {
    const done = await run(script);
    expect(done.balance).toMatchObject({ dropped: 0, gaps: 0 });
    expect([times(done, 'streaming'), times(done, 'lost')]).toEqual([1, 0]);
  });

  test('a blackout that is longer than the roller can hold frames back, and shorter than the link waits, leaves a gap that is counted', async () => {
    const done = await run('blackout:at=30s,for=1.9s', 32);
    expect(times(done, 'lost')).toBe(0);
    expect(done.lost).toBeGreaterThan(30);
    expect(done.balance.gaps).toBe(done.lost);
  });

  test.each(['blackout:at=20s,for=6s', 'vanish:at=20s', 'reset:at=20s', 'drop:at=20s', 'adapter-off:at=20s', 'fade:80dB,at=20s'])(
    '%s ends the stream, and another one follows',
    async (script) => {
      const done = await run(script);
      expect([times(done, 'streaming'), times(done, 'lost')]).toEqual([2, 1]);
    },
  );

  test('that takes the memory of the roller has its clock and numbers begin anew, while the person goes on', async () => {
    const done = await run('reset:at=20s,every=11s');
    expect(times(done, 'streaming')).toBe(5);
    expect(done.dueDoseS).toBeGreaterThan(35);
  });

  test.each([
    ['att-error:at=20s,for=6s;drop:at=21s', 'discovering'],
    ['discovery-error:at=20s,for=6s;drop:at=21s', 'discovering'],
    ['read-error:at=20s,for=6s;drop:at=21s', 'discovering'],
    ['subscribe-error:at=20s,for=6s;drop:at=21s', 'subscribing'],
    ['write-error:at=20s,for=6s;drop:at=21s', 'subscribing'],
    ['mtu:23,at=20s,for=6s;drop:at=21s', 'subscribing'],
  ])('%s gets as far as %s, and is tried again until it is over', async (script, step) => {
    const done = await run(script);
    expect(times(done, 'streaming')).toBe(2);
    expect(times(done, step)).toBeGreaterThan(2);
    expect(times(done, 'subscribing') > 2).toBe(step === 'subscribing');
  });

  test.each(['att-error:at=20s,for=20s', 'read-error:at=20s,for=20s'])('%s does nothing to a stream that runs', async (script) => {
    expect(times(await run(script), 'lost')).toBe(0);
  });

  test('that slows the roller down makes it longer to connect', async () => {
    const reconnectS = async (script: string): Promise<number> => {
      const { balance } = await run(script);
      return Math.max(...balance.deliveredDueS.slice(1).map((dueS, index) => dueS - balance.deliveredDueS[index]!));
    };
    const [usualS, slowS] = [await reconnectS('drop:at=20s'), await reconnectS('slow:200ms,at=19s;drop:at=20s')];
    expect(slowS - usualS).toBeGreaterThan(2);
  });

  test('that repeats old frames in disorder adds nothing to the dose', async () => {
    const done = await run('stale:16;drop:at=20s,every=15s');
    expect(done.balance.copiesDelivered).toBeGreaterThanOrEqual(32);
  });

  test('does not undo another one of its kind that lasts longer', async () => {
    const done = await run('vanish:at=10s,for=20s;vanish:at=12s,for=3s');
    const pausesS = done.balance.deliveredDueS.slice(1).map((dueS, index) => dueS - done.balance.deliveredDueS[index]!);
    expect(Math.max(...pausesS)).toBeGreaterThan(20);
  });
});
