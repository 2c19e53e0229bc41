import { v7 } from 'uuid';

/** An id that sorts by time and is unique across machines: sessions, recordings. */
export const newId = (): string => v7();
