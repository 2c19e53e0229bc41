import { idle, strokes } from '../../simulators/body/segment.ts';
import { define } from '../../simulators/scenarios/define.ts';

/** What is done with a virtual roller on the bench: it lies, as checks of gravity want it, then it is rolled to and fro. */
export const BENCH_SCENARIO = define({
  name: 'bench',
  title: 'Lies for a while, then is rolled to and fro',
  group: 'quadriceps',
  segments: [idle(7), strokes(8, 32, 5, 20), idle(2)],
});
