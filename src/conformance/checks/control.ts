import { decodeResponse, type ControlResponse } from '../../../firmware-protocol/control.ts';
import { fail, hex, passIf, skipped, type Check, type Verdict } from '../check.ts';
import type { Case } from '../examine.ts';
import { EXCHANGES, type PlannedExchange } from '../exchanges.ts';

const ANSWER_S = 2;

const opCodeOf = (response: ControlResponse, bytes: Uint8Array): number => ('opCode' in response ? response.opCode : bytes[1]!);

const expectedOf = ({ results, withoutCells }: PlannedExchange): string =>
  [results.join(' or '), ...(withoutCells ? [`without cells ${withoutCells.join(' or ')}`] : [])].join(', ');

/** One answer, that follows the tables, repeats the op code, and is one of those allowed. */
const judgeExchange = ({ name, results, withoutCells = results }: PlannedExchange) => ({ evidence: { exchanges }, info }: Case): Verdict => {
  const exchange = exchanges.find((each) => each.name === name);
  if (exchange === undefined) return skipped('not asked');
  const [answer, ...more] = exchange.answers;
  if (answer === undefined) return fail('no answer');
  if (more.length > 0) return fail(`${more.length + 1} answers`);
  const response = decodeResponse(answer.bytes);
  if (!response.ok) return fail(`${hex(answer.bytes)}: ${response.fault.detail}`);
  const opCode = opCodeOf(response.value, answer.bytes);
  const asked = exchange.request[0] ?? 0;
  if (opCode !== asked) return fail(`the op code ${opCode} for ${asked}`);
  const allowed = info?.cells.length === 0 ? withoutCells : results;
  return passIf(allowed.includes(response.value.result), response.value.result);
};

export const CONTROL_CHECKS: readonly Check[] = [
  ...EXCHANGES.map((exchange): Check => ({
    id: `control/${exchange.name}`,
    section: exchange.section,
    expected: expectedOf(exchange),
    judge: judgeExchange(exchange),
  })),
  {
    id: 'control/in-time',
    section: 7,
    expected: `every answer within ${ANSWER_S} s`,
    judge: ({ evidence: { exchanges } }) => {
      const tookS = exchanges.flatMap(({ askedS, answers }) => (answers[0] ? [answers[0].arrivalS - askedS] : []));
      if (tookS.length === 0) return skipped('nothing was answered');
      const longestS = Math.max(...tookS);
      return passIf(longestS <= ANSWER_S, `${(longestS * 1000).toFixed(0)} ms at most`);
    },
  },
];
