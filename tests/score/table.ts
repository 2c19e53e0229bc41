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
    ['grade', 'of', 'kind', 'due', 'missed', 'false', 'precision', 'recall', 'onset s, median', 'p95', 'end s, median', 'p95'],
    kinds.map(({ grade, what, kind, tally }) => [
      grade, what, kind, String(tally.hits + tally.missed), String(tally.missed), String(tally.false),
      number(precisionOf(tally), 4), number(recallOf(tally), 4), ...middleAndMost(tally.onsetsS), ...middleAndMost(tally.releasesS),
    ]),
  );

const middleAndMost = (values: readonly number[]): string[] => [number(quantile(values, 0.5), 2), number(quantile(values, 0.95), 2)];

const goodTable = ({ good }: Score): string => tableOf(['scenario', 'false cues in 90 s'], good.map(({ scenario, falsePer90S }) => [scenario, falsePer90S.toFixed(3)]));

const scenariosTable = ({ scenarios }: Score): string =>
  tableOf(
    ['scenario', 'grade', 'states due', 'missed', 'false', 'cues due', 'missed', 'false', 'onset s, p95', 'end s, p95', 'speed rms cm/s', 'p95 of runs', 'worst run', 'position rms mm', 'p95 of runs', 'worst run', ''],
    scenarios.map((total) => [
      total.scenario, total.grade, ...counts(total.states), ...counts(total.cues),
      number(quantile([...total.states.onsetsS, ...total.cues.onsetsS], 0.95), 2),
      number(quantile(total.states.releasesS, 0.95), 2), number(rmsOf(total.speed), 3), ...mostAndWorst(total.speedRuns, 1, 3),
      number(10 * rmsOf(total.position), 2), ...mostAndWorst(total.positionRuns, 10, 2), verdictOn(total),
    ]),
  );

const mostAndWorst = (runs: readonly number[], unit: number, digits: number): string[] =>
  [0.95, 1].map((share) => number(unit * quantile(runs, share), digits));

const counts = ({ hits, missed, false: wrong }: Tally): string[] => [hits + missed, missed, wrong].map(String);

const verdictOn = (total: ScenarioTotal): string => (total.grade === 'reported' ? 'not gated' : scenarioFaults(total, BOUNDS[total.grade]).length > 0 ? 'FAILS' : 'ok');

const realDataTable = ({ realData }: Score): string =>
  tableOf(['recording', 'value', 'bound', 'unit'], realData.rows.map(({ what, unit, value, limit }) => [what, value === null ? 'skipped: no real-data' : number(value, 3), String(limit), unit]));

const witnessTable = ({ realData }: Score): string =>
  tableOf(
    ['recording', 'at rest, s', 'gravity phase there, deg', 'turned by gravity', 'by the estimator', 'estimator, first sample to last'],
    realData.witnesses.map(({ recording, restsS, gravityDeg, estimatedDeg, wholeDeg }) => [
      recording, bothOf(restsS, 2), bothOf(gravityDeg, 1), number(turnedBy(gravityDeg), 1), number(turnedBy(estimatedDeg), 1), number(wholeDeg, 1),
    ]),
  );

const bothOf = (pair: readonly [number, number], digits: number): string => pair.map((value) => number(value, digits)).join(' and ');
const turnedBy = ([before, after]: readonly [number, number]): number => after - before;

/** For the terminal. */
export const tablesOf = (score: Score): string =>
  [kindsTable(score), scenariosTable(score), goodTable(score), realDataTable(score), witnessTable(score)].join('\n\n');

/** docs/accuracy.md. */
export const documentOf = (score: Score): string => `# Accuracy

Written by \`npm run score\`; do not edit by hand.

Every scenario of \`simulators/scenarios\` was played with ${score.seeds} seeds (good rolling with better sensors: 10) through the whole path from bytes to cues. Tuning is done on even seeds; **these
are odd ones**. (One odd seed of \`loss-bursts\` was looked into, to mend the simulated link: it lost the very first frame, from which time is counted. And the odd
seeds of \`roller-pressed\` showed that its load was too near a limit, and that with cheap cells it cannot be bounded.)

- **What is due** was worked out by hand for the acceptance scenarios and stands beside each. For the others an oracle of its own (\`tests/score/oracle.ts\`) applies the
  definitions in [coaching.md](coaching.md) to the true motion; no rule of the program takes part in either.
- **Near a limit** nobody can be sure. The oracle judges with every limit 8 % lower and 8 % higher (15 % on soft foam that nobody has calibrated): due at both is a must,
  due at one only counts neither way, reported but due at neither is false. What was reported belongs to what was due if kind and level agree and they are
  within 1 s.
- **States** are each rule's own; **cues** are what the person was told. Those of the acceptance scenarios are written by hand, the others follow from the states that are due
  by precedence and pacing as [coaching.md](coaching.md) has them, written down a second time (\`tests/score/told.ts\`): repeats, cooldowns, turns lost to what is more urgent, quiet
  after three. Praise and other kinds that are not in the first table are not judged here.
- **Ends** of states are compared where they are due, too, and do not depend on the margin of a limit.
- **Load** goes by the true force, and where nobody has told a mass by the true mean pressure of the cells that bear the body. Pain is reported in two scenarios.
- **Truth** is the motion of the simulated body, never what the estimator says. Where frames were lost it is cut as they were: a gap of more than half a second is
  no contact. Errors are root mean squares from 5 s on.
- **Single runs** are shown and not bounded: the worst is allowed what a run cannot avoid. Contact is known to one reading of the cells, 20 ms, in which a person who gets on at 20 cm/s rolls 4 mm; one
  who is lifted off at speed may count a tick more or less than the truth; a burst of lost frames hides a turn-around.
- **Bounds**: clean sensors precision and recall ${BOUNDS.clean.found}, speed ${BOUNDS.clean.speedCmS} cm/s, position ${10 * BOUNDS.clean.positionCm} mm; the worst ones ${BOUNDS.worst.found},
  ${BOUNDS.worst.speedCmS} cm/s and ${10 * BOUNDS.worst.positionCm} mm; each kind and each scenario, over all its runs. Onset, and end where it is due, within ${ONSET_LIMIT_S} s for 95 % of them. At most ${FALSE_PER_90_S} false cues in 90 s of good rolling.

## By kind

${kindsTable(score)}

## Good rolling: 2.5 cm/s along the whole muscle

With an MPU6050; \`clean\`, \`bmi270\`, and \`harsh\`: an MPU6050 6 cm off the axis, not told, heated and cooled, over a bursty link.

${goodTable(score)}

## By scenario

Sensors are ideal unless the name says otherwise; mounting, loss, temperature and clock are those of a BMI270. A ball has no position, a stick neither speed nor position.

${scenariosTable(score)}

## Real sensors

${realDataTable(score)}

How far the two MPU6050 were turned, by a witness that knows nothing of what was between: the direction of gravity in the stillest half second of the first two and of the last two seconds.

${witnessTable(score)}

The first set was turned by more than two turns: 734 or 735 degrees between its rests, and some 730 from its first sample, at which it was already being turned the other way. An estimator that says
720 there would be wrong. Between the rests this one says some degrees more, because it has not yet learned the gyroscope's offset in the first second and a half of a sensor that never lay still; elsewhere errors
count from 5 s on. The bound of 10 degrees is left at two whole turns and is fitted to nothing.

## What is not known

- **Slip** cannot be seen from inside the roller: what slides without turning is not rolled, for this program. The scenario \`slip\` shows what that costs.
- **A soft roller** that nobody has calibrated turns on a smaller radius than it was told: \`soft-roller\` shows by how much speed and position are then wrong.
- **No public recording of a roller with pressure cells exists.** Motion is compared with real inertial sensors above, load only with the simulator.
- **The simulated body** is a model: real people are less regular. Sizes of sensor errors are those of the data sheets; steps of temperature, slip, the give of foam and the
  wandering of a ball are estimates.
- **Creep** of the cells shows on the sides of a roller that turns far enough. Where the path is shorter than a quarter turn nothing tells it from a load that stays a little: \`creep-short-path\`.
- **Mean pressure** is that of the cells that bear 2 kPa and more. Where one at the edge of the patch is near that, an offset that nobody has tared decides whether it counts, and so the mean:
  \`roller-pressed-mpu6050\`. Who tells a weight is judged by force, of which the edge is a small part.
- **Force limits** are estimates for all groups but the quadriceps ([coaching.md](coaching.md)).
`;
