import { simulate, type SimulatedEvent, type SimulateOptions } from '../../simulators/offline.ts';
import { findScenario } from '../../simulators/scenarios/library.ts';
import type { PipelineInput } from '../../src/pipeline.ts';

const isInput = (event: SimulatedEvent): event is SimulatedEvent & PipelineInput => event.type !== 'truth' && event.type !== 'truth-cue';

/** What a simulated session gives the pipeline, or a recording: all but what only the simulation knows. */
export function simulatedInputs(name: string, { seed = 1, seconds }: Partial<SimulateOptions> & Pick<SimulateOptions, 'seconds'>): PipelineInput[] {
  const scenario = findScenario(name);
  if (scenario === null) throw new Error(`no scenario ${name}`);
  return [...simulate({ scenario, seed, seconds })].filter(isInput);
}
