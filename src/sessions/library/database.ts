/** What a column holds. Truth is 0 or 1, a time ms since 1970 (UTC), JSON a text. */
export type Value = string | number | null;

export type Row = Readonly<Record<string, Value>>;

/**
 * A database of SQL as every one of them speaks it. Only what implements this (sqlite.ts) knows which one it is; another one
 * takes its place with the same statements, `?` standing for each parameter.
 */
export interface Database {
  /** All rows of a query. */
  all(sql: string, parameters?: readonly Value[]): readonly Row[];
  /** The first row, or undefined. */
  first(sql: string, parameters?: readonly Value[]): Row | undefined;
  /** Changes something; gives the number of rows that it changed. */
  run(sql: string, parameters?: readonly Value[]): number;
  /** All of it, or nothing where it throws. One within another is part of that. */
  transaction<T>(work: () => T): T;
  /** Writes a whole and consistent copy into a file that does not exist yet. */
  copyTo(file: string): void;
  close(): void;
}
