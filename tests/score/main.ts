import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { SENSORS, type SensorProfile } from '../../simulators/roller/sensors.ts';
import { SCENARIOS } from '../../simulators/scenarios/library.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { playAll } from './crew.ts';
import { failuresOf, type Score } from './gates.ts';
import { isGoodRolling } from './judge.ts';
import { scoreRealData } from './real-data.ts';
import { tablesOf, documentOf } from './table.ts';
import { byKind, byScenario, goodRolling } from './totals.ts';

/**
 * npm run score: plays every scenario with 50 odd seeds, prints the tables, writes docs/accuracy.md, and fails when a bound is not
 * reached. `--quick`: a few even seeds, for whoever tunes; nothing is written. Further words choose scenarios that contain one of them.
 */
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isQuick = process.argv.includes('--quick');
const seeds = isQuick ? [2, 4, 6] : Array.from({ length: 50 }, (_, index) => 2 * index + 1);
/** Rolling well is the same again and again: with sensors better than those that err most, ten times for every group. */
const FEW_SEEDS = 10;
const BETTER: ReadonlySet<SensorProfile> = new Set([SENSORS.clean, SENSORS.bmi270]);
const seedsOf = (scenario: Scenario): readonly number[] => (isGoodRolling(scenario) && BETTER.has(scenario.sensors) ? seeds.slice(0, FEW_SEEDS) : seeds);

const scenarios = SCENARIOS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const startedS = performance.now() / 1000;
const verdicts = await playAll(scenarios.map((scenario) => ({ scenario: scenario.name, seeds: seedsOf(scenario) })));
const root = path.resolve(import.meta.dirname, '../../..');
const score: Score = { seeds: seeds.length, kinds: byKind(verdicts), scenarios: byScenario(verdicts), good: goodRolling(verdicts), realData: scoreRealData(root) };

console.log(tablesOf(score));
if (score.realData.rows.some(({ value }) => value === null)) console.log('\nskipped: no real-data');
if (!isQuick && words.length === 0) writeFileSync(path.join(root, 'docs/accuracy.md'), documentOf(score));

const failures = failuresOf(score);
const examples = score.scenarios.filter(({ grade }) => grade !== 'reported').flatMap((total) => total.examples.slice(0, 3));
if (failures.length > 0) console.error(['', ...examples, '', ...failures].join('\n'));
const tookS = performance.now() / 1000 - startedS;
console.log(`\n${scenarios.length} scenarios, ${verdicts.length} runs, in ${tookS.toFixed(0)} s: ${failures.length === 0 ? 'all bounds reached' : `${failures.length} bounds not reached`}`);
process.exitCode = failures.length === 0 ? 0 : 1;
