import { ONSET_LIMIT_S, passes, type Verdict } from './judge.ts';

const HEAD = ['scenario', 'sensors', 'states due', 'missed', 'false', 'onset s', 'end s', 'cues due', 'missed', 'false', 'onset s', 'speed rms cm/s', 'position rms mm', ''];

/** The verdicts as a Markdown table, padded so that it reads in a terminal too. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map((verdict) => [
    verdict.scenario,
    verdict.sensors,
    ...[verdict.states.due, verdict.states.missed, verdict.states.false].map(String),
    seconds(verdict.states.worstOnsetS),
    seconds(verdict.worstEndS),
    ...[verdict.cues.due, verdict.cues.missed, verdict.cues.false].map(String),
    seconds(verdict.cues.worstOnsetS),
    verdict.speedRmsCmS.toFixed(3),
    (10 * verdict.positionRmsCm).toFixed(2),
    passes(verdict) ? 'ok' : 'FAILS',
  ]);
  const widths = HEAD.map((head, column) => Math.max(head.length, ...rows.map((row) => (row[column] as string).length)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] as number)).join(' | ')} |`;
  return [line(HEAD), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

const seconds = (value: number): string => value.toFixed(2);

/** docs/accuracy.md. */
export const documentOf = (verdicts: readonly Verdict[], seeds: number): string => `# Accuracy

Written by \`npm run score\`; do not edit by hand.

Each scenario of \`simulators/scenarios\` was played with ${seeds} seeds through the whole path from bytes to cues. What is due was worked out by hand from the
definitions in [coaching.md](coaching.md) and stands beside each scenario; no rule of the program took part in it. Something reported belongs to what was due if
kind and level agree and they are within 1 s; what stands so near a limit that a change of the limit by 8 % would decide it is marked grey there and counts
neither way. Onset and end are the worst distance from the time due. With clean sensors the onset has to be within ${ONSET_LIMIT_S} s. Errors of speed and
position are root mean squares against the motion of the simulated body, from 5 s on, of the worst seed.

${tableOf(verdicts)}

## What is not known

- Slip cannot be seen from inside the roller: what slides without turning is not rolled, for this program.
- A soft roller that nobody has calibrated turns on a smaller radius than it was told; the speeds above are for rigid ones.
- No public recording of a roller with pressure cells exists. Motion has been compared with real inertial sensors (tests/motion), load only with the simulator.
- Force limits are estimates for all groups but the quadriceps ([coaching.md](coaching.md)).
`;
