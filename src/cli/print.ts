import type { Io } from './io.ts';

/** Prints one JSON document for programs, or words for a person. */
export const print = (io: Io, isJson: boolean, document: unknown, words: () => string): void =>
  io.out(isJson ? `${JSON.stringify(document, null, 2)}\n` : `${words()}\n`);
