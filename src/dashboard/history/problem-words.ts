import type { ErrorBody } from '../../server/api/schemas.ts';

/** What the companion hints at programs, and a person at a page can do nothing with. */
const FOR_PEOPLE: Readonly<Record<string, string>> = {
  unauthorized: '',
  'bad-request': 'Check what was entered',
  internal: 'Try again; its log says more',
};

/** The refusal in an answer; what is not of the companion has a code, too. */
export function problemIn(text: string, status: number): ErrorBody {
  try {
    const { code, message, hint } = JSON.parse(text) as Partial<Record<keyof ErrorBody, unknown>>;
    if (typeof code === 'string' && typeof message === 'string') {
      return { code, message, hint: FOR_PEOPLE[code] ?? (typeof hint === 'string' ? hint : '') };
    }
  } catch {
    // Something between the companion and the page has answered.
  }
  return { code: `http-${status}`, message: 'What came back cannot be understood', hint: 'Load the page again' };
}

const LOG_HINT = 'the log of another sensor is made into a recording by `smart-roller import LOG.csv --radius-mm R --out FILE.mcap`';
const BROKEN_OFF_HINT = 'it may have stopped, or the file is larger than the 256 MB that it takes';

/** What a person can do about a file that was refused, where the companion speaks to programs. */
export function importProblem(problem: ErrorBody, file: string): ErrorBody {
  if (problem.code === 'E_NOT_A_RECORDING' && /\.(csv|txt|tsv)$/i.test(file)) return { ...problem, hint: LOG_HINT };
  return problem.code === 'offline' ? { ...problem, hint: BROKEN_OFF_HINT } : problem;
}
