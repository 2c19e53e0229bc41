import { flag, numeric, text, whole } from '../setting.ts';

/** Flags of the commands that see to what is kept. */

const json = flag('one JSON document instead of words');

export const SESSIONS_LIST_FLAGS = {
  limit: whole({ placeholder: 'N', min: 1, max: 1_000_000, doc: 'how many, the latest first; else 20' }),
  json,
} as const;

export const ONE_SESSION_FLAGS = { json } as const;

export const CLEAN_FLAGS = {
  maxAgeDays: numeric({ placeholder: 'N', min: 1, max: 36_500, unit: 'days', doc: 'remove sessions that are older' }),
  maxMb: numeric({ placeholder: 'N', min: 1, max: 1e9, unit: 'MB', doc: 'then the oldest, until all recordings together are smaller' }),
  json,
} as const;

export const REBUILD_FLAGS = { json } as const;

export const BACKUP_FLAGS = {
  out: { ...text('DIR', 'the folder to write, which must not exist or be empty'), required: true },
  force: flag('replace an older backup that is there'),
  json,
} as const;

export const RESTORE_FLAGS = { force: flag('set aside what is in the data folder'), json } as const;
