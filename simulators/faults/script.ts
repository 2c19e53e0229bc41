import { FAULT_KINDS, FAULT_NAMES, isFaultName, type FaultKind, type FaultName, type FaultValue } from './kinds.ts';

/** One thing that goes wrong, once or again and again. */
export interface Fault {
  readonly kind: FaultName;
  /** Which roller it befalls, from 1 on; what goes wrong on the air or at the adapter befalls them all. */
  readonly roller: number;
  /** In the unit of its kind; 0 where it has none. */
  readonly value: number;
  readonly atS: number;
  /** null: to the end. */
  readonly forS: number | null;
  /** null: once. */
  readonly everyS: number | null;
}

/** Why a text is no script; `word` is what was not known, `choices` what there is. */
export interface FaultProblem {
  readonly message: string;
  readonly hint?: string;
  readonly word?: string;
  readonly choices?: readonly string[];
}

export type FaultScript = { readonly ok: true; readonly faults: readonly Fault[] } | { readonly ok: false; readonly problem: FaultProblem };

/** The grammar in one line, for help and hints. */
export const FAULT_GRAMMAR = 'KIND[:VALUE][,at=T][,for=T][,every=T][,roller=N]; more after a semicolon';

const TIMES = ['at', 'for', 'every'] as const;
const KEYS: readonly string[] = [...TIMES, 'roller'];
const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60 };
const NUMBER_AND_UNIT = /^(\d+(?:\.\d+)?|\.\d+)\s*([a-z%]*)$/i;

/** Does not leave this file. */
class Unreadable extends Error {
  readonly problem: FaultProblem;
  constructor(problem: FaultProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

const refuse = (message: string, rest: Omit<FaultProblem, 'message'>): never => {
  throw new Unreadable({ message, ...rest });
};

/** Reads `blackout:at=20s,for=3s;loss:5%`. Never throws. */
export function parseFaults(text: string): FaultScript {
  try {
    const parts = text.split(';').map((part) => part.trim()).filter((part) => part !== '');
    if (parts.length === 0) refuse('there is no fault in it', { hint: `write ${FAULT_GRAMMAR}` });
    return { ok: true, faults: parts.map(parseFault) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problem: error.problem };
    throw error;
  }
}

function parseFault(text: string): Fault {
  // `drop:at=3s` and `drop,at=3s` are the same.
  const end = text.search(/[:,]/);
  const kind = (end < 0 ? text : text.slice(0, end)).trim();
  if (!isFaultName(kind)) return refuse(`there is no fault ${JSON.stringify(kind)}`, { word: kind, choices: FAULT_NAMES });
  const { value: spec, usualForS, everywhere }: FaultKind = FAULT_KINDS[kind];
  const given = new Map<string, string>();
  for (const part of end < 0 ? [] : text.slice(end + 1).split(',').map((each) => each.trim())) {
    const equals = part.indexOf('=');
    const key = equals < 0 ? 'value' : part.slice(0, equals).trim();
    if (equals >= 0 && !KEYS.includes(key)) refuse(`${kind} takes no ${JSON.stringify(key)}`, { word: key, choices: KEYS });
    if (given.has(key)) refuse(`${kind} is given ${key === 'value' ? 'two values' : `${key} twice`}`, { hint: 'leave one out' });
    given.set(key, part.slice(equals + 1).trim());
  }
  const value = given.get('value');
  const timeOf = (key: (typeof TIMES)[number]): number | null => (given.has(key) ? secondsOf(kind, key, given.get(key)!) : null);
  const forS = timeOf('for') ?? usualForS;
  const everyS = timeOf('every');
  if (usualForS === 0 && given.has('for')) refuse(`${kind} is over at once`, { hint: 'leave out for=' });
  if (everyS !== null && (forS === null || forS >= everyS || everyS === 0)) {
    refuse(`${kind} would not be over when it comes again`, { hint: 'give a for= that is shorter than every=' });
  }
  const roller = given.get('roller');
  if (roller !== undefined && everywhere) refuse(`${kind} befalls every roller`, { hint: 'leave out roller=' });
  return { kind, roller: roller === undefined ? 1 : rollerOf(kind, roller), value: valueOf(kind, spec, value), atS: timeOf('at') ?? 0, forS, everyS };
}

function valueOf(kind: FaultName, spec: FaultValue | null, text: string | undefined): number {
  if (text === undefined) return spec?.usual ?? 0;
  if (spec === null) return refuse(`${kind} takes no value like ${JSON.stringify(text)}`, { hint: `write ${kind}:at=20s,for=3s or the like` });
  const [, number, unit = ''] = NUMBER_AND_UNIT.exec(text) ?? [];
  const value = Number(number) * (spec.unit === 'ms' && unit === 's' ? 1000 : 1);
  const isUnit = unit.toLowerCase() === spec.unit.toLowerCase() || (spec.unit === 'ms' && unit === 's');
  const fits = number !== undefined && isUnit && value >= spec.min && value <= spec.max && (spec.unit !== '' || Number.isInteger(value));
  if (fits) return value;
  return refuse(`${kind} cannot be ${JSON.stringify(text)}`, { hint: `give ${spec.min}${spec.unit} to ${spec.max}${spec.unit}, as ${kind}:${spec.usual}${spec.unit}` });
}

function rollerOf(kind: FaultName, text: string): number {
  return /^[1-9]\d?$/.test(text) ? Number(text) : refuse(`roller of ${kind} cannot be ${JSON.stringify(text)}`, { hint: 'give its number: 1, 2 and so on' });
}

function secondsOf(kind: FaultName, key: string, text: string): number {
  const [, number, unit = ''] = NUMBER_AND_UNIT.exec(text) ?? [];
  const factor = SECONDS[unit.toLowerCase()];
  if (number !== undefined && factor !== undefined) return Number(number) * factor;
  return refuse(`${key} of ${kind} cannot be ${JSON.stringify(text)}`, { hint: `give a time as ${key}=20s, 500ms or 2min` });
}
