import { expect, it, onTestFinished } from 'vitest';
import { idle, strokes } from '../../simulators/body/segment.ts';
import { define } from '../../simulators/scenarios/define.ts';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { calibrationsIn } from '../../src/sessions/library/kept-calibrations.ts';
import { openLibrary } from '../../src/sessions/library/library.ts';
import { openStage } from './stage.ts';

const COUNTING = define({
  name: 'counting', title: 'counting', group: 'quadriceps', massKg: null, roller: { cellsIn: 'counts' }, segments: [idle(1), strokes(40, 30, 5, 40)],
});

it('whoever comes is judged by what they find comfortable, and not by what the one before did', async () => {
  const library = await openLibrary(null, { clock: systemClock, coaching: defaultCoachingConfig });
  onTestFinished(() => library.close());
  const [ada, bob] = ['Ada', 'Bob'].map((name) => library.addPerson({ name, massKg: null, experience: 'new' }).id) as [string, string];
  let present: string | null = ada;
  const stage = openStage({ scenario: COUNTING, calibrations: calibrationsIn(library, () => present) });
  const comfort = (): number | null => stage.conductor.state.coaching.comfortLoad;
  stage.play(1);
  void stage.conductor.fulfil({ type: 'calibrate', step: 'comfort' });
  stage.play(14);
  const found = comfort();
  expect(found).toBeGreaterThan(0);
  expect(library.listRollers()).toMatchObject([{ comfortLoad: null, comforts: [{ personId: ada, load: found }] }]);
  present = bob;
  stage.play(15);
  expect(comfort()).toBeNull();
  expect(stage.conductor.roller()!.calibrated).toEqual({});
  void stage.conductor.fulfil({ type: 'calibrate', step: 'comfort' });
  stage.play(17);
  present = ada;
  stage.play(18);
  expect(stage.calibrating.at(-1)).toMatchObject({ step: 'comfort', phase: 'refused', reason: 'interrupted' });
  expect(comfort()).toBe(found);
  expect(stage.conductor.roller()!.calibrated).toMatchObject({ comfort: { value: found } });
});
