import { v7 } from 'uuid';

/** An id that sorts by time and is unique across machines: sessions, recordings, people. */
export const newId = (): string => v7();

/** The id of what came about at a time and is told by 16 bytes of a hash: the same each time. */
export const idOf = (utcMs: number, hash: Uint8Array): string => v7({ msecs: utcMs, random: hash.subarray(0, 16), seq: 0 });
