import { map } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { isFreshStart, withFreshStarts, type StationInput } from '../../src/app/fresh-start.ts';
import type { Command } from '../../src/coaching/events.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { createPipeline, type PipelineConfig, type PipelineInput, type PipelineReset } from '../../src/pipeline.ts';

const config: PipelineConfig = { coaching: defaultCoachingConfig, overrides: {}, start: 'first-contact' };
const said = (command: Command): PipelineInput => ({ type: 'command', command, arrivalS: 1 });
const a = said({ type: 'select', group: 'lats', side: 'left' });
const b = said({ type: 'pain', nrs: 3 });
const c = said({ type: 'select', group: 'adductors', side: 'right' });
const s = said({ type: 'start' });
const x: PipelineReset = { type: 'reset', state: createPipeline(config) };
const INPUTS: Record<string, PipelineInput | PipelineReset> = { a, b, c, s, x };

const fresh = withFreshStarts({ config, nowS: () => 7, isDue: (input) => input === s });
/** The muscle a fresh pipeline begins with; anything else as it is. */
const muscleOrInput = (input: StationInput): unknown => (isFreshStart(input) ? input.state.coaching.group : input);
const scheduler = (): TestScheduler => new TestScheduler((actual, expected) => expect(actual).toEqual(expected));

describe('withFreshStarts', () => {
  it('puts a new pipeline right before an input with which a session begins anew, and leaves everything else as it is', () => {
    scheduler().run(({ hot, expectObservable, expectSubscriptions }) => {
      const inputs$ = hot('  -a-x-s----c-s----|', INPUTS);
      const expected = '     -a-x-(1s)-c-(2s)-|';
      expectObservable(inputs$.pipe(fresh, map(muscleOrInput))).toBe(expected, { ...INPUTS, 1: 'lats', 2: 'adductors' });
      expectSubscriptions(inputs$.subscriptions).toBe('^----------------!');
    });
  });

  it('begins with the last word on each thing, said now, and with nothing that has passed', () => {
    scheduler().run(({ hot, expectObservable }) => {
      const preludes$ = hot('abc-s', INPUTS).pipe(fresh, map((input) => (isFreshStart(input) ? input.prelude : null)));
      expectObservable(preludes$).toBe('000-(10)', { 0: null, 1: [{ ...c, arrivalS: 7 }] });
    });
  });

  it('remembers for each subscriber what came to them, and leaves the source when it is left', () => {
    scheduler().run(({ hot, expectObservable, expectSubscriptions }) => {
      const inputs$ = hot('a-s---s---', INPUTS);
      expectObservable(inputs$.pipe(fresh, map(muscleOrInput)), '^----!').toBe('a-(1s)', { ...INPUTS, 1: 'lats' });
      expectObservable(inputs$.pipe(fresh, map(muscleOrInput)), '-----^---!').toBe('------(0s)', { ...INPUTS, 0: 'unknown' });
      expectSubscriptions(inputs$.subscriptions).toBe(['^----!', '-----^---!']);
    });
  });
});
