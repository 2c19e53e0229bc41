import { z } from 'zod';

/** A value that can be set from outside: as text on the command line or in the environment, as JSON in a file. */
export interface Setting<T = unknown> {
  readonly schema: z.ZodType<T>;
  /** Reads it from text. What is no such value becomes something the schema refuses. */
  readonly fromText: (text: string) => unknown;
  /** What stands for the value in help; null: a switch, which takes none. */
  readonly placeholder: string | null;
  /** 'a number from 1 to 5': what the schema wants, for errors. */
  readonly expects: string;
  readonly doc: string;
  /** The words to choose from, where there are such. */
  readonly choices?: readonly string[];
}

export type ValueOf<S> = S extends Setting<infer T> ? T : never;
export type SettingTable = Readonly<Record<string, Setting>>;

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const toNumber = (given: string): unknown => (NUMBER.test(given.trim()) ? Number(given) : given);

interface Range {
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

const within = ({ min, max, unit }: Range): string => `from ${min} to ${max}${unit ? ` ${unit}` : ''}`;

export const numeric = (range: Range & { readonly placeholder: string; readonly doc: string }): Setting<number> => ({
  ...range,
  schema: z.number().min(range.min).max(range.max),
  fromText: toNumber,
  expects: `a number ${within(range)}`,
});

export const whole = (range: Range & { readonly placeholder: string; readonly doc: string }): Setting<number> => ({
  ...range,
  schema: z.int().min(range.min).max(range.max),
  fromText: toNumber,
  expects: `a whole number ${within(range)}`,
});

/** A number, or a word that stands for none of them. */
export const orWord = <const W extends string>(word: W, setting: Setting<number>): Setting<number | W> => ({
  ...setting,
  schema: z.union([z.literal(word), setting.schema]),
  expects: `${setting.expects}, or ${word}`,
});

export const choice = <const T extends string>(choices: readonly T[], doc: string): Setting<T> => ({
  schema: z.enum(choices),
  fromText: (text) => text,
  placeholder: choices.length > 4 ? 'NAME' : choices.join('|'),
  expects: `one of ${choices.join(', ')}`,
  doc,
  choices,
});

export const text = (placeholder: string, doc: string): Setting<string> => ({
  schema: z.string().min(1),
  fromText: (given) => given,
  placeholder,
  expects: 'a text that is not empty',
  doc,
});

const SWITCH_WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  1: true,
  false: false,
  no: false,
  off: false,
  0: false,
};

export const flag = (doc: string): Setting<boolean> => ({
  schema: z.boolean(),
  fromText: (given) => SWITCH_WORDS[given.toLowerCase()] ?? given,
  placeholder: null,
  expects: 'true or false',
  doc,
});

/** A value of several parts, read by `parse`: null where the text is none. */
export const parsed = <T>(placeholder: string, expects: string, doc: string, parse: (given: string) => T | null): Setting<T> => ({
  schema: z.custom<T>((value) => value !== null),
  fromText: parse,
  placeholder,
  expects,
  doc,
});
