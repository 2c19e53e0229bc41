import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { simulate } from '../../simulators/offline.ts';
import { findScenario } from '../../simulators/scenarios/library.ts';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { LinkEvent } from '../../src/link/port.ts';
import { createPipeline, stepPipeline, type PipelineInput, type PipelineOutput } from '../../src/pipeline.ts';
import { createPlayer } from '../../src/sessions/player.ts';
import type { RecordedEvent } from '../../src/sessions/recording.ts';
import { sampleEvents, streamFrame } from './samples.ts';

const isRecorded = <E extends { type: string }>(event: E): event is Extract<E, RecordedEvent> => !event.type.startsWith('truth');
const sample = (frames: number): RecordedEvent[] => [...sampleEvents(frames)].filter(isRecorded);

/** Outputs, with times as far as they mean something (1 us). */
const told = (outputs: readonly PipelineOutput[]): unknown =>
  JSON.parse(JSON.stringify(outputs, (_key, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(6)) : value)));

/** The bare frames of a recording made elsewhere. */
const frames = (count: number, periodS: number): RecordedEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    type: 'frame',
    characteristic: 'stream',
    bytes: streamFrame(index),
    arrivalS: 5 + index * periodS,
  }));

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => vi.useRealTimers());

describe('the player', () => {
  test.each([0.25, 1, 2.5, 16])('plays at %f times the speed of the recording, within 0.5 %', (rate) => {
    const arrivedMs: number[] = [];
    let completedMs = Number.NaN;
    const startMs = performance.now();
    createPlayer({ recording: { events: frames(1001, 0.02) }, rate, clock: systemClock }).events$.subscribe({
      next: (event) => event.type === 'frame' && arrivedMs.push(performance.now() - startMs),
      complete: () => (completedMs = performance.now() - startMs),
    });
    vi.advanceTimersByTime(20_100 / rate);
    expect(arrivedMs).toHaveLength(1001);
    for (const [index, ms] of arrivedMs.entries()) expect(Math.abs(ms - (index * 20) / rate)).toBeLessThanOrEqual(1);
    expect(completedMs / (20_000 / rate)).toBeCloseTo(1, 2);
  });

  test('keeps its rate where every timer is late: lateness does not add up', () => {
    const timer = globalThis.setTimeout;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms: number) => timer(run, ms + 7)) as typeof setTimeout);
    let lastMs = Number.NaN;
    const startMs = performance.now();
    createPlayer({ recording: { events: frames(1001, 0.02) }, rate: 1, clock: systemClock }).events$.subscribe({
      complete: () => (lastMs = performance.now() - startMs),
    });
    vi.advanceTimersByTime(30_000);
    expect(lastMs).toBeGreaterThanOrEqual(20_000);
    expect(lastMs).toBeLessThan(20_010);
    vi.restoreAllMocks();
  });

  test('gives events in order with their bytes, commands in their places, and their distance in recorded time at any rate', () => {
    const events = sample(50);
    const seen: PipelineInput[] = [];
    const player = createPlayer({ recording: { events }, rate: 4, clock: systemClock, onCommand: (command) => seen.push(command) });
    player.events$.subscribe((event) => seen.push(event));
    vi.advanceTimersByTime(1000);
    const closed = seen.pop();
    expect(closed).toMatchObject({ type: 'state', state: 'closed', reason: 'end of the recording' });
    expect(seen.map(({ arrivalS: _arrivalS, ...rest }) => rest)).toEqual(events.map(({ arrivalS: _arrivalS, ...rest }) => rest));
    for (const [index, { arrivalS }] of seen.entries())
      expect(arrivalS - seen[0]!.arrivalS).toBeCloseTo(events[index]!.arrivalS - events[0]!.arrivalS, 6);
  });

  test('has a clock that is the given one at rate 1, and tells recorded time at any other', () => {
    const player = createPlayer({ recording: { events: frames(500, 0.02) }, rate: 4, clock: systemClock });
    const ages: number[] = [];
    player.events$.subscribe((event) => event.type === 'frame' && ages.push(player.clock.monotonicS() - event.arrivalS));
    vi.advanceTimersByTime(2001);
    expect(ages).toHaveLength(401);
    expect(Math.max(...ages)).toBeLessThan(0.005);
    expect(Math.min(...ages)).toBeGreaterThan(-1e-9);
    expect(createPlayer({ recording: { events: [] }, rate: 1, clock: systemClock }).clock.monotonicS()).toBe(systemClock.monotonicS());
  });

  test('says that its roller streams where the recording does not', () => {
    const states: (string | null)[] = [];
    createPlayer({ recording: { events: frames(3, 0.02) }, rate: 1, clock: systemClock }).events$.subscribe(
      (event) => event.type === 'state' && states.push(event.state),
    );
    vi.advanceTimersByTime(1000);
    expect(states).toEqual(['streaming', 'closed']);
  });

  test('stops its timer when nobody listens any more', () => {
    const seen: LinkEvent[] = [];
    const subscription = createPlayer({ recording: { events: sample(100) }, rate: 1, clock: systemClock }).events$.subscribe((event) =>
      seen.push(event),
    );
    vi.advanceTimersByTime(500);
    subscription.unsubscribe();
    const { length } = seen;
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(5000);
    expect(seen).toHaveLength(length);
  });

  test('cannot be told what to do', async () => {
    const player = createPlayer({ recording: { events: [] }, rate: 1, clock: systemClock });
    await expect(player.request({ procedure: 'stop' })).rejects.toMatchObject({ code: 'E_REFUSED' });
  });

  test('an empty recording completes at once', () => {
    const complete = vi.fn<() => void>();
    createPlayer({ recording: { events: [] }, rate: 1, clock: systemClock }).events$.subscribe({ complete });
    expect(complete).toHaveBeenCalledOnce();
  });

  test.each([0.1, 17, Number.NaN])('refuses rate %f', (rate) => {
    expect(() => createPlayer({ recording: { events: [] }, rate, clock: systemClock })).toThrow(RangeError);
  });
});

describe('what the pipeline makes of a replay', () => {
  const scenario = findScenario('s03')!;
  const events: RecordedEvent[] = [...simulate({ scenario, seed: 5, seconds: 20 })].filter(isRecorded);
  const config = { coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' } as const;

  test.each([0.5, 1, 8, 16])('is the same at %f times the speed as all at once, event for event', (rate) => {
    const atOnce = createPipeline(config);
    const expected = events.flatMap((event) => stepPipeline(atOnce, event));
    expect(expected.filter(({ type }) => type === 'cue').length).toBeGreaterThan(0);

    const replayed = createPipeline(config);
    const outputs: PipelineOutput[] = [];
    const take = (input: PipelineInput): void => void outputs.push(...stepPipeline(replayed, input));
    createPlayer({ recording: { events }, rate, clock: systemClock, onCommand: take }).events$.subscribe(take);
    vi.advanceTimersByTime((22 / rate) * 1000);
    expect(told(outputs)).toEqual(told(expected));
  });
});
