import { parseFaults, type Fault } from '../../simulators/faults/script.ts';
import { AppError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';

/** What is to go wrong. Throws E_USAGE for a text that is no script, and where there is no simulated radio for it. */
export function faultsOf({ source, faults: text }: { readonly source: string; readonly faults?: string | undefined }): readonly Fault[] {
  if (text === undefined) return [];
  if (source !== 'simulator') {
    throw new AppError('E_USAGE', `faults are given, but the source is ${source}`, 'add --source simulator, or leave the faults out');
  }
  const script = parseFaults(text);
  if (script.ok) return script.faults;
  const { message, hint, word, choices = [] } = script.problem;
  throw new AppError('E_USAGE', `faults: ${message}`, hint ?? didYouMean(word ?? '', choices));
}

/** Throws E_USAGE for a fault of a roller that is not there. */
export function checkRollers(faults: readonly Fault[], count: number): void {
  const none = faults.find(({ roller }) => roller > count);
  if (!none) return;
  const there = count === 1 ? 'there is one roller' : `there are ${count} rollers`;
  const message = `faults: ${none.kind} is for roller ${none.roller}, and ${there}`;
  throw new AppError('E_USAGE', message, 'add rollers by --rollers N, or leave out roller=');
}
