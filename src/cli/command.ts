import type { ConfigSources, SETTINGS } from '../config.ts';
import type { Setting, SettingTable, ValueOf } from '../setting.ts';
import type { Io } from './io.ts';

/** A flag of one command alone. */
export type OwnFlag = Setting & { readonly required?: true };

/** What a command line came to. */
export interface Invocation {
  /** Arguments that are no flags. */
  readonly operands: readonly string[];
  /** Values of the command's own flags, checked; those not given are undefined. */
  readonly own: Readonly<Record<string, unknown>>;
  /** Texts of shared settings, by path. */
  readonly settings: ConfigSources['flags'];
  readonly configFile: string | null;
}

/** Runs a command: resolves to its exit code, rejects with an AppError. */
export type Run = (invocation: Invocation, io: Io) => Promise<number>;

export interface CommandSpec {
  readonly summary: string;
  /** Name of the one operand it needs; null: none. */
  readonly operand: string | null;
  /** Shared settings that are flags of this command. */
  readonly settings: readonly (keyof typeof SETTINGS)[];
  /** Whether coaching thresholds are, too. */
  readonly coaching: boolean;
  readonly own: Readonly<Record<string, OwnFlag>>;
  /** Loaded when run: `--version` needs no server. */
  readonly load: () => Promise<{ readonly run: Run }>;
}

/** The values of a table of own flags. */
export type OwnValues<T extends SettingTable> = {
  readonly [Key in keyof T]: T[Key] extends { readonly required: true } ? ValueOf<T[Key]> : ValueOf<T[Key]> | undefined;
};

export const ownValues = <T extends SettingTable>(_table: T, { own }: Invocation): OwnValues<T> => own as OwnValues<T>;
