import { AppError } from '../../errors.ts';

/** The place after one session in a list that begins with the latest. */
export interface Place {
  readonly startedUtcMs: number;
  readonly id: string;
}

export const cursorOf = ({ startedUtcMs, id }: Place): string => `${startedUtcMs}_${id}`;

/** Throws E_USAGE for what `cursorOf` did not make. */
export function placeOf(cursor: string): Place {
  const [, startedUtcMs, id] = /^(-?\d{1,16})_([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (startedUtcMs === undefined || id === undefined) {
    throw new AppError('E_USAGE', 'that is no cursor of a list', 'give the one that came with the list');
  }
  return { startedUtcMs: Number(startedUtcMs), id };
}
