import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../simulators/offline.ts';
import { courseOf, type CourseStep } from '../../src/app/course.ts';
import { isFreshStart } from '../../src/app/fresh-start.ts';
import type { Command } from '../../src/coaching/events.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { CommandEvent, PipelineInput } from '../../src/pipeline.ts';
import { scenarioOf } from './stage.ts';

const config = { coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' } as const;
const FRAMES = [...simulate({ scenario: scenarioOf('good-rolling'), seed: 1, seconds: 2 })].filter(
  (event): event is Extract<typeof event, PipelineInput> => event.type === 'frame' || event.type === 'info',
);

describe('the way of a station', () => {
  const commands$ = new Subject<CommandEvent>();
  const inputs$ = new Subject<PipelineInput>();
  const say = (command: Command): void => commands$.next({ type: 'command', command, arrivalS: 1 });
  const source = { inputs$, clock: { monotonicS: () => 1, utcMs: () => 0 }, transport: null };

  it('begins idle; what a step has somebody say comes after that step, whoever else listens to it', () => {
    const seen: string[] = [];
    const nameOf = ({ input }: CourseStep): string => (input.type === 'command' ? input.command.type : input.type);
    const subscription = courseOf({ source, commands$, config, keeper: null }).subscribe((step) => {
      if (nameOf(step) === 'start') say({ type: 'pause' });
      seen.push(`${nameOf(step)}: ${step.state.coaching.session}`);
    });
    say({ type: 'start' });
    subscription.unsubscribe();
    expect(seen).toEqual(['state: idle', 'start: running', 'pause: paused']);
    expect([commands$.observed, inputs$.observed]).toEqual([false, false]);
  });

  it('has everything kept before anything is made of it, and a session that begins anew with a pipeline that has seen nothing', () => {
    const order: string[] = [];
    const take = (input: PipelineInput): void => void (input.type === 'command' && order.push(`kept ${input.command.type}`));
    const begin = (prelude: readonly PipelineInput[]): void => void order.push(`begun with ${prelude.length > 0 ? 'something' : 'nothing'}`);
    const steps: CourseStep[] = [];
    const subscription = courseOf({ source, commands$, config, keeper: { take, begin } }).subscribe((step) => {
      steps.push(step);
      if (step.input.type === 'command') order.push(`made ${step.input.command.type}`);
    });
    for (const frame of FRAMES) inputs$.next(frame);
    const seenS = steps.at(-1)!.seenS;
    expect(seenS).toBeCloseTo(2, 1);
    say({ type: 'stop' });
    say({ type: 'start' });
    expect(order).toEqual(['kept stop', 'made stop', 'begun with something', 'kept start', 'made start']);
    expect(steps.filter(({ input }) => isFreshStart(input))).toHaveLength(1);
    expect(steps.at(-1)).toMatchObject({ seenS, state: { durationS: 0, coaching: { session: 'running' } } });
    subscription.unsubscribe();
  });
});
