import fc from 'fast-check';
import { filter, firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { AppError } from '../../src/errors.ts';
import { createPipeline, stepPipeline, type PipelineInput, type PipelineOutput, type PipelineReset, type PipelineState } from '../../src/pipeline.ts';
import type { Recording } from '../../src/sessions/recording.ts';
import { createReplayIndex } from '../../src/sessions/replay-index.ts';
import { openTransport, type Transport, type TransportOptions } from '../../src/sessions/transport.ts';
import { simulatedInputs } from '../support/simulated-inputs.ts';
import { META } from './samples.ts';

const CONFIG = { coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' } as const;

const recordingOf = (scenario: string, seconds: number): Recording => ({
  meta: META,
  events: simulatedInputs(scenario, { seed: 5, seconds }),
  truth: { ticks: [], cues: [] },
  damage: null,
  messages: 0,
});

const LONG = recordingOf('tour', 125);
const SHORT = recordingOf('too-fast', 12);
const FILES: Readonly<Record<string, Recording>> = { long: LONG, short: SHORT, hurt: { ...SHORT, damage: 'a chunk has the wrong CRC' } };
const read = (file: string): Promise<Recording> =>
  FILES[file] === undefined ? Promise.reject(new AppError('E_FILE_READ', `cannot read ${file}`, 'look for it')) : Promise.resolve(FILES[file]);

/** What each input gave in the straight run. */
function straightRun(recording: Recording): Map<unknown, PipelineOutput[]> {
  const { inputs } = createReplayIndex(recording, CONFIG);
  const state = createPipeline(CONFIG);
  return new Map(inputs.map((input) => [keyOf(input), [...stepPipeline(state, input)]]));
}
/** The very bytes of a frame, and all of anything else. */
const keyOf = (input: PipelineInput): unknown => (input.type === 'frame' ? input.bytes : JSON.stringify(input));

interface Play {
  readonly transport: Transport;
  readonly seen: (PipelineInput | PipelineReset)[];
  /** What came of each input since it was opened. */
  readonly outcomes: { readonly input: PipelineInput; readonly outputs: PipelineOutput[] }[];
  readonly state: () => PipelineState;
}

const opened: Transport[] = [];

async function play(options: Partial<TransportOptions> = {}): Promise<Play> {
  const transport = await openTransport({ playlist: ['short'], clock: systemClock, configOf: () => CONFIG, read, ...options });
  opened.push(transport);
  const [seen, outcomes]: [Play['seen'], Play['outcomes']] = [[], []];
  let state: PipelineState | undefined;
  transport.inputs$.subscribe((input) => {
    seen.push(input);
    if (input.type === 'reset') state = input.state;
    else outcomes.push({ input, outputs: [...stepPipeline(state!, input)] });
  });
  return { transport, seen, outcomes, state: () => state! };
}

const cuesOf = (outcomes: Play['outcomes']): PipelineOutput[] => outcomes.flatMap(({ outputs }) => outputs).filter(({ type }) => type === 'cue');
const framesOf = (seen: Play['seen']): number => seen.filter((input) => input.type === 'frame').length;
const advance = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'] }));
afterEach(() => {
  for (const transport of opened.splice(0)) transport.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('a transport', () => {
  it.each([0.25, 1, 7, 16])('plays at %f times the speed, within 0.5 %, however late each timer is', async (rate) => {
    const timer = globalThis.setTimeout;
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((then: () => void, ms: number) => timer(then, ms + 3)) as typeof setTimeout);
    const { seen, outcomes, transport } = await play({ rate });
    const [first, last] = [SHORT.events[0]!.arrivalS, SHORT.events.at(-1)!.arrivalS];
    const lengthMs = ((last - first) / rate) * 1000;
    await advance(lengthMs / 2);
    expect((transport.clock.monotonicS() - first) / (last - first)).toBeCloseTo(0.5, 2.3);
    expect(outcomes.at(-1)!.input.arrivalS).toBeLessThanOrEqual(transport.clock.monotonicS());
    await advance(lengthMs * 0.495);
    expect(transport.state$.value.ended).toBe(false);
    await advance(lengthMs * 0.01 + 10);
    expect(transport.state$.value).toMatchObject({ ended: true, playing: false });
    expect(framesOf(seen)).toBe(framesOf([...SHORT.events]));
    vi.restoreAllMocks();
  });

  it('plays as fast as possible, and others have their turn', async () => {
    const { transport, outcomes } = await play({ playlist: ['long'], rate: 'max' });
    let turns = 0;
    const everyTurn = (): void => void (transport.state$.value.ended || (turns++, setTimeout(everyTurn, 0)));
    everyTurn();
    await advance(200);
    expect(transport.state$.value.ended).toBe(true);
    expect(turns).toBeGreaterThan(10);
    expect(cuesOf(outcomes)).toEqual([...straightRun(LONG).values()].flat().filter(({ type }) => type === 'cue'));
  });

  it('gives the same from every input, event for event, at any rate and after any seek', { timeout: 120_000 }, async () => {
    const straight = straightRun(LONG);
    const step = fc.oneof(
      fc.record({ do: fc.constant('seek' as const), tS: fc.double({ min: -5, max: 140, noNaN: true }) }),
      fc.record({ do: fc.constant('rate' as const), rate: fc.oneof(fc.double({ min: 0.25, max: 16, noNaN: true }), fc.constant('max' as const)) }),
      fc.record({ do: fc.constantFrom('play' as const, 'pause' as const) }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 3000 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const { transport, outcomes, seen } = await play({ playlist: ['long'], rate: 8 });
        for (const each of steps) {
          if (each.do === 'seek') {
            const from = seen.length;
            const there = transport.seek(each.tS);
            await advance(100);
            await there;
            expect(seen.slice(from).some(({ type }) => type === 'reset')).toBe(true);
          } else if (each.do === 'rate') transport.setRate(each.rate);
          else if (each.do === 'wait') await advance(each.ms);
          else transport[each.do]();
        }
        await advance(200);
        for (const { input, outputs } of outcomes) expect(outputs).toEqual(straight.get(keyOf(input)));
        transport.close();
      }),
      { seed: 11, numRuns: 15 },
    );
  });

  it('goes to a session time, playing or not, and shows what a live session would have shown', async () => {
    const { transport, state } = await play({ playlist: ['long'], paused: true });
    for (const tS of [100.04, 3, 61, 124.5, 0]) {
      const there = transport.seek(tS);
      await advance(500);
      await there;
      expect(state().durationS).toBeGreaterThanOrEqual(tS);
      expect(state().durationS).toBeLessThan(tS + 0.021);
      const straight = createPipeline(CONFIG);
      for (const input of createReplayIndex(LONG, CONFIG).inputs) {
        if (straight.durationS >= tS) break;
        stepPipeline(straight, input);
      }
      expect(state()).toEqual(straight);
    }
    expect(transport.state$.value.playing).toBe(false);
  });

  it('goes only where it was last asked to, and stops where it is while it is paused', async () => {
    const { transport, seen, state } = await play({ playlist: ['long'] });
    const all = Promise.all([transport.seek(120), transport.seek(50), transport.seek(80)]);
    await advance(300);
    await all;
    expect(seen.filter(({ type }) => type === 'reset')).toHaveLength(2);
    expect(state().durationS).toBeGreaterThan(80);
    transport.pause();
    const [count, atS] = [seen.length, transport.clock.monotonicS()];
    await advance(5000);
    expect([seen.length, transport.clock.monotonicS()]).toEqual([count, atS]);
    transport.play();
    await advance(1000);
    expect(transport.clock.monotonicS()).toBeCloseTo(atS + 1, 6);
    expect(seen.length).toBeGreaterThan(count + 40);
  });

  it('begins anew where it has ended and is asked to play, and by itself where it is to loop', async () => {
    const { transport, seen } = await play({ rate: 16 });
    await advance(2000);
    expect(transport.state$.value).toMatchObject({ ended: true, playing: false });
    const once = framesOf(seen);
    transport.play();
    await advance(2000);
    expect(framesOf(seen)).toBe(2 * once);
    transport.setLoop(true);
    transport.play();
    await advance(4000);
    expect(framesOf(seen)).toBeGreaterThan(4 * once);
    expect(transport.state$.value.ended).toBe(false);
  });

  it('plays one file after the other, each as a session of its own, and says which cannot be played', async () => {
    const { transport, seen } = await play({ playlist: ['short', 'gone', 'hurt', 'short'], rate: 'max' });
    const told: (string | null)[] = [];
    transport.state$.subscribe(({ number, trouble }) => told.push(`${number} ${trouble}`));
    await advance(200);
    expect(transport.state$.value).toMatchObject({ ended: true, number: 3, files: 4, file: 'short' });
    expect(seen.filter(({ type }) => type === 'reset').length).toBeGreaterThanOrEqual(3);
    expect(framesOf(seen)).toBe(3 * framesOf([...SHORT.events]));
    expect(told).toContain('0 E_FILE_READ: cannot read gone; look for it');
    expect(told).toContain('2 hurt: a chunk has the wrong CRC; what is left is played');
    await transport.open(0);
    expect(transport.state$.value).toMatchObject({ number: 0, ended: false });
    await expect(transport.open(1)).rejects.toMatchObject({ code: 'E_FILE_READ' });
    await expect(transport.open(9)).rejects.toMatchObject({ code: 'E_USAGE' });
    expect(transport.state$.value.number).toBe(0);
  });

  it('has a timeline with the cues of the whole file, ahead of where it plays', async () => {
    const { transport } = await play({ playlist: ['long'] });
    await advance(1000);
    const { durationS, cues } = transport.timeline();
    expect(durationS).toBeCloseTo(125, 1);
    expect(cues).toEqual([...straightRun(LONG).values()].flat().flatMap((output) => (output.type === 'cue' ? [output.event] : [])));
    expect(transport.state$.value).toMatchObject({ durationS, indexedS: durationS });
  });

  it('cannot be opened on nothing, nor play at any speed', async () => {
    await expect(openTransport({ playlist: ['gone'], clock: systemClock, configOf: () => CONFIG, read })).rejects.toMatchObject({ code: 'E_FILE_READ' });
    await expect(play({ playlist: [] })).rejects.toMatchObject({ code: 'E_USAGE' });
    const { transport } = await play();
    for (const rate of [0.1, 17, Number.NaN]) expect(() => transport.setRate(rate)).toThrow(RangeError);
  });
});

describe('a transport, by the real clock', () => {
  it('keeps its speed within 0.5 %', async () => {
    vi.useRealTimers();
    const arrivals: [recordedS: number, realS: number][] = [];
    const transport = await openTransport({ playlist: ['long'], clock: systemClock, configOf: () => CONFIG, rate: 16, read });
    await firstValueFrom(transport.state$.pipe(filter(({ indexedS, durationS }) => indexedS === durationS)));
    const subscription = transport.inputs$.subscribe((input) => input.type === 'frame' && arrivals.push([input.arrivalS, systemClock.monotonicS()]));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    subscription.unsubscribe();
    transport.close();
    vi.useFakeTimers();
    const mean = (of: (arrival: [number, number]) => number): number => arrivals.reduce((sum, arrival) => sum + of(arrival), 0) / arrivals.length;
    const [recordedS, realS] = [mean(([s]) => s), mean(([, s]) => s)];
    const rate = mean(([s, real]) => (s - recordedS) * (real - realS)) / mean(([, real]) => (real - realS) ** 2);
    expect(arrivals.length).toBeGreaterThan(1000);
    expect(Math.abs(rate / 16 - 1)).toBeLessThan(0.005);
  });
});
