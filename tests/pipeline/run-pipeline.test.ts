import { from, map, Subject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/coaching/events.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import {
  createPipeline, runPipeline, stepPipeline, type PipelineConfig, type PipelineInput, type PipelineOutput, type PipelineReset, type PipelineStep,
} from '../../src/pipeline.ts';
import { simulatedInputs } from '../support/simulated-inputs.ts';

const CONFIG: PipelineConfig = { coaching: defaultCoachingConfig, overrides: {}, start: 'first-contact' };
const said = (command: Command): PipelineInput => ({ type: 'command', command, arrivalS: 0 });
const select = said({ type: 'select', group: 'lats', side: 'left' });
const start = said({ type: 'start' });
const pause = said({ type: 'pause' });
const INPUTS: Record<string, PipelineInput | PipelineReset> = { s: select, r: start, p: pause };

/** What a step says of the session: its name where it has changed, `-` where it has not. */
const sessionOf = ({ outputs }: PipelineStep<unknown>): string => outputs.map((output) => (output.type === 'session' ? output.state : '')).join() || '-';
const scheduler = (): TestScheduler => new TestScheduler((actual, expected) => expect(actual).toEqual(expected));

describe('runPipeline', () => {
  it('gives a step for each input, with the input, and ends with its source', () => {
    scheduler().run(({ hot, expectObservable, expectSubscriptions }) => {
      const inputs$ = hot('-s-(rp)-s|', INPUTS);
      const steps$ = inputs$.pipe(runPipeline(CONFIG));
      expectObservable(steps$.pipe(map(sessionOf))).toBe('-a-(bc)-d|', { a: 'ready', b: 'running', c: 'paused', d: '-' });
      expectObservable(steps$.pipe(map(({ input }) => input))).toBe('-s-(rp)-s|', INPUTS);
      expectSubscriptions(inputs$.subscriptions).toBe(['^--------!', '^--------!']);
    });
  });

  it('leaves its source when it is left, and hands errors on', () => {
    scheduler().run(({ hot, expectObservable, expectSubscriptions }) => {
      const inputs$ = hot('-s-r-#', INPUTS);
      expectObservable(inputs$.pipe(runPipeline(CONFIG), map(sessionOf)), '^-!').toBe('-a', { a: 'ready' });
      expectObservable(inputs$.pipe(runPipeline(CONFIG), map(sessionOf))).toBe('-a-b-#', { a: 'ready', b: 'running' });
      expectSubscriptions(inputs$.subscriptions).toBe(['^-!', '^----!']);
    });
  });

  it('goes on from the state of a reset, which itself says nothing', () => {
    const running = createPipeline(CONFIG);
    stepPipeline(running, start);
    scheduler().run(({ hot, expectObservable }) => {
      const inputs$ = hot<PipelineInput | PipelineReset>('p-x-p', { ...INPUTS, x: { type: 'reset', state: running } });
      expectObservable(inputs$.pipe(runPipeline(CONFIG), map(sessionOf))).toBe('a-a-b', { a: '-', b: 'paused' });
    });
  });

  it('has a state for each subscriber, which begins when they come', () => {
    const inputs$ = new Subject<PipelineInput>();
    const steps$ = inputs$.pipe(runPipeline(CONFIG), map(({ state }) => state));
    const early = new Set<unknown>();
    const late = new Set<unknown>();
    steps$.subscribe((state) => early.add(state));
    inputs$.next(select);
    steps$.subscribe((state) => late.add(state));
    inputs$.next(start);
    expect([...early]).toMatchObject([{ coaching: { session: 'running', group: 'lats' } }]);
    expect([...late]).toMatchObject([{ coaching: { session: 'running', group: 'unknown' } }]);
  });

  it('makes of frames what stepping through them makes', () => {
    const inputs = simulatedInputs('too-fast', { seconds: 8 });
    const state = createPipeline(CONFIG);
    const stepped = inputs.flatMap((input) => stepPipeline(state, input));
    const run: PipelineOutput[] = [];
    from(inputs).pipe(runPipeline(CONFIG)).subscribe(({ outputs }) => run.push(...outputs));
    expect(run).toEqual(stepped);
    expect(run.some(({ type }) => type === 'cue')).toBe(true);
  });
});
