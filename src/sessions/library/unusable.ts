import type { AppError } from '../../errors.ts';
import type { Database } from './database.ts';

/** Stands in for a database where there can be none: whatever is asked of it throws why. */
export function unusableDatabase(problem: AppError): Database {
  const refuse = (): never => {
    throw problem;
  };
  return { all: refuse, first: refuse, run: refuse, transaction: refuse, copyTo: refuse, close: () => undefined };
}
