import { AppError } from '../../errors.ts';
import type { Value } from './database.ts';

/** The columns of a patch: `name = ?, mass_kg = ?` and their values; keys left out are left alone. */
export function assignments<K extends string>(
  patch: Readonly<Partial<Record<K, Value | undefined>>>,
  columns: Readonly<Record<K, string>>,
): { readonly sql: string; readonly values: readonly Value[] } {
  const entries = (Object.keys(columns) as K[]).flatMap((key) => (patch[key] === undefined ? [] : [[columns[key], patch[key]] as const]));
  return { sql: entries.map(([column]) => `${column} = ?`).join(', '), values: entries.map(([, value]) => value as Value) };
}

export const notFound = (what: string, id: string): AppError =>
  new AppError('E_NOT_FOUND', `there is no ${what} ${id}`, `list the ${what === 'person' ? 'people' : `${what}s`} there are`);
