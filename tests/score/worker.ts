import { parentPort } from 'node:worker_threads';
import { SCENARIOS } from '../../simulators/scenarios/library.ts';
import { judge } from './judge.ts';

/** Plays a scenario with some seeds. */
export interface Job {
  readonly scenario: string;
  readonly seeds: readonly number[];
}

parentPort!.on('message', ({ scenario: name, seeds }: Job) => {
  const scenario = SCENARIOS.find((candidate) => candidate.name === name)!;
  parentPort!.postMessage(seeds.map((seed) => judge(scenario, seed)), []);
});
