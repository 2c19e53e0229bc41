import { BOUNDS, FALSE_PER_90_S, scenarioFaults, type Score } from './gates.ts';
import { ONSET_LIMIT_S } from './judge.ts';
import { precisionOf, quantile, recallOf, rmsOf, type Tally } from './tally.ts';
import type { ScenarioTotal } from './totals.ts';

/** A Markdown table, padded so that it reads in a terminal too. */
function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

const number = (value: number, digits: number): string => (Number.isNaN(value) ? '' : value.toFixed(digits));

const kindsTable = ({ kinds }: Score): string =>
  tableOf(
    ['grade', 'of', 'kind', 'due', 'missed', 'false', 'precision', 'recall', 'onset s, median', 'p95'],
    kinds.map(({ grade, what, kind, tally }) => [
      grade, what, kind, String(tally.hits + tally.missed), String(tally.missed), String(tally.false),
      number(precisionOf(tally), 4), number(recallOf(tally), 4), number(quantile(tally.onsetsS, 0.5), 2), number(quantile(tally.onsetsS, 0.95), 2),
    ]),
  );

const goodTable = ({ good }: Score): string => tableOf(['scenario', 'false cues in 90 s'], good.map(({ scenario, falsePer90S }) => [scenario, falsePer90S.toFixed(3)]));

const scenariosTable = ({ scenarios }: Score): string =>
  tableOf(
    ['scenario', 'grade', 'states due', 'missed', 'false', 'cues due', 'missed', 'false', 'onset s, p95', 'speed rms cm/s', 'position rms mm', ''],
    scenarios.map((total) => [
      total.scenario, total.grade, ...counts(total.states), ...counts(total.cues),
      number(quantile([...total.states.onsetsS, ...total.cues.onsetsS], 0.95), 2), number(rmsOf(total.speed), 3), number(10 * rmsOf(total.position), 2), verdictOn(total),
    ]),
  );

const counts = ({ hits, missed, false: wrong }: Tally): string[] => [hits + missed, missed, wrong].map(String);

const verdictOn = (total: ScenarioTotal): string => (total.grade === 'reported' ? 'not gated' : scenarioFaults(total, BOUNDS[total.grade]).length > 0 ? 'FAILS' : 'ok');

const realDataTable = ({ realData }: Score): string =>
  tableOf(['recording', 'value', 'bound', 'unit'], realData.map(({ what, unit, value, limit }) => [what, value === null ? 'skipped: no real-data' : number(value, 3), String(limit), unit]));

/** For the terminal. */
export const tablesOf = (score: Score): string => [kindsTable(score), scenariosTable(score), goodTable(score), realDataTable(score)].join('\n\n');

/** docs/accuracy.md. */
export const documentOf = (score: Score): string => `# Accuracy

Written by \`npm run score\`; do not edit by hand.

Every scenario of \`simulators/scenarios\` was played with ${score.seeds} seeds through the whole path from bytes to cues. Tuning is done on even seeds; **these
are odd ones**. (One odd seed of \`loss-bursts\` was looked into, to mend the simulated link: it lost the very first frame, from which time is counted.)

- **What is due** was worked out by hand for the acceptance scenarios and stands beside each. For the others an oracle of its own (\`tests/score/oracle.ts\`) applies the
  definitions in [coaching.md](coaching.md) to the true motion; no rule of the program takes part in either.
- **Near a limit** nobody can be sure. The oracle judges with every limit 8 % lower and 8 % higher (15 % on soft foam that nobody has calibrated): due at both is a must,
  due at one only counts neither way, reported but due at neither is false. What was reported belongs to what was due if kind and level agree and they are
  within 1 s.
- **States** are each rule's own; **cues** are what the person was told, compared where they are written by hand. Praise and other kinds that
  are not in the first table are not judged here.
- **Truth** is the motion of the simulated body, never what the estimator says. Where frames were lost it is cut as they were: a gap of more than half a second is
  no contact. Errors are root mean squares from 5 s on.
- **Bounds**: clean sensors precision and recall ${BOUNDS.clean.found}, speed ${BOUNDS.clean.speedCmS} cm/s, position ${10 * BOUNDS.clean.positionCm} mm; the worst ones ${BOUNDS.worst.found},
  ${BOUNDS.worst.speedCmS} cm/s and ${10 * BOUNDS.worst.positionCm} mm; each kind and each scenario. Onset within ${ONSET_LIMIT_S} s for 95 % of them. At most ${FALSE_PER_90_S} false cues in 90 s of good rolling.

## By kind

${kindsTable(score)}

## Good rolling: 2.5 cm/s along the whole muscle, with an MPU6050

${goodTable(score)}

## By scenario

Sensors are ideal unless the name says otherwise; mounting, loss, temperature and clock are those of a BMI270. A ball has no position, a stick neither speed nor position.

${scenariosTable(score)}

## Real sensors

${realDataTable(score)}

## What is not known

- **Slip** cannot be seen from inside the roller: what slides without turning is not rolled, for this program. The scenario \`slip\` shows what that costs.
- **A soft roller** that nobody has calibrated turns on a smaller radius than it was told: \`soft-roller\` shows by how much speed and position are then wrong.
- **No public recording of a roller with pressure cells exists.** Motion is compared with real inertial sensors above, load only with the simulator.
- **The simulated body** is a model: real people are less regular. Sizes of sensor errors are those of the data sheets; steps of temperature, slip, the give of foam and the
  wandering of a ball are estimates.
- **Force limits** are estimates for all groups but the quadriceps ([coaching.md](coaching.md)). Where nobody has told a body mass, load goes by pressure, which the oracle does not judge.
`;
