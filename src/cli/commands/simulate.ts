import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import { simulate } from '../../../simulators/offline.ts';
import type { Scenario } from '../../../simulators/scenarios/scenario.ts';
import { loadConfig } from '../../config.ts';
import type { RecordingMeta } from '../../sessions/recording.ts';
import { saveRecording } from '../../sessions/writer.ts';
import { SOFTWARE } from '../../version.ts';
import { ownValues, type Run } from '../command.ts';
import { SIMULATE_FLAGS } from '../flags.ts';
import { interruptible } from '../interruptible.ts';
import { outFile } from '../out-file.ts';
import { scenarioNamed } from '../scenario.ts';

/** Simulated sessions take place in the same moment, so that the same seed gives the same bytes. */
const START_UTC_MS = Date.UTC(2025, 0, 1);

export const run: Run = async (invocation, io) => {
  const { out, seconds } = ownValues(SIMULATE_FLAGS, invocation);
  const { seed, scenario: name } = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  const scenario = scenarioNamed(name);
  const lengthS = seconds ?? scenario.segments.reduce((sum, segment) => sum + segment.seconds, 0);
  const events = interruptible(simulate({ scenario, seed, seconds: lengthS }), io.interrupted);
  await saveRecording(await outFile(out), metaOf(scenario, seed, lengthS), events);
  io.out(`${out}: ${lengthS.toFixed(1)} s of ${scenario.name}, seed ${seed}\n`);
  return 0;
};

function metaOf({ name }: Scenario, seed: number, seconds: number): RecordingMeta {
  const hash = createHash('sha256')
    .update(JSON.stringify([name, seed, seconds]))
    .digest();
  return {
    sessionId: v7({ msecs: START_UTC_MS, random: hash.subarray(0, 16), seq: 0 }),
    startUtcMs: START_UTC_MS,
    source: 'simulated',
    software: SOFTWARE,
    scenario: name,
    seed,
    importedFrom: null,
  };
}
