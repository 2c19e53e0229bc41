import type { Case } from './examine.ts';

/** `advice`: something that the protocol recommends and does not demand. */
export type Outcome = 'pass' | 'fail' | 'advice' | 'skipped';

export interface Verdict {
  readonly outcome: Outcome;
  readonly found: string;
}

/** One demand of SPEC.md, judged over what was collected. */
export interface Check {
  /** `stream/sequence-start`: what it is about, and what of it. */
  readonly id: string;
  /** Section of SPEC.md. */
  readonly section: number;
  readonly expected: string;
  readonly judge: (given: Case) => Verdict;
}

export const pass = (found: string): Verdict => ({ outcome: 'pass', found });
export const fail = (found: string): Verdict => ({ outcome: 'fail', found });
export const advice = (found: string): Verdict => ({ outcome: 'advice', found });
export const skipped = (why: string): Verdict => ({ outcome: 'skipped', found: why });
export const passIf = (holds: boolean, found: string): Verdict => (holds ? pass(found) : fail(found));

/** Passes where nothing was objected to; else names the first objection and how many there are. */
export const unless = (objections: readonly string[], found: string): Verdict =>
  objections.length === 0 ? pass(found) : fail(objections.length === 1 ? objections[0]! : `${objections[0]} (and ${objections.length - 1} more)`);

export const hex = (bytes: Uint8Array): string =>
  bytes.length === 0 ? 'no bytes' : Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
