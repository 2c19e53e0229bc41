import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { SCENARIOS } from '../../simulators/scenarios/library.ts';
import { judge, passes, type Verdict } from './judge.ts';
import { documentOf, tableOf } from './table.ts';

/** npm run score: plays every scenario, prints the table, writes docs/accuracy.md, and fails when a scenario does. */
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

const verdicts: Verdict[] = SCENARIOS.map((scenario) => judge(scenario, SEEDS));
console.log(tableOf(verdicts));
const failed = verdicts.filter((verdict) => !passes(verdict));
for (const { scenario, examples } of failed) for (const example of examples) console.error(`${scenario}, ${example}`);

const root = path.resolve(import.meta.dirname, '../../..');
writeFileSync(path.join(root, 'docs/accuracy.md'), documentOf(verdicts, SEEDS.length));
console.log(`\n${verdicts.length - failed.length} of ${verdicts.length} scenarios as due, ${SEEDS.length} seeds each`);
process.exitCode = failed.length === 0 ? 0 : 1;
