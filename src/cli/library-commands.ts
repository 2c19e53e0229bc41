import type { CommandSpec } from './command.ts';
import { BACKUP_FLAGS, CLEAN_FLAGS, ONE_SESSION_FLAGS, REBUILD_FLAGS, RESTORE_FLAGS, SESSIONS_LIST_FLAGS } from './library-flags.ts';

const ALL = { operand: null, settings: ['data'], coaching: false } as const;
const ONE = { ...ALL, operand: 'ID', own: ONE_SESSION_FLAGS } as const;

/** The commands that see to what is kept, in the order of the help. */
export const LIBRARY_COMMANDS = {
  'sessions list': {
    summary: 'sessions that are kept, the latest first',
    ...ALL,
    own: SESSIONS_LIST_FLAGS,
    load: () => import('./commands/sessions-list.ts'),
  },
  'sessions show': {
    summary: 'a session: what was rolled, how, what was told; the beginning of its id will do',
    ...ONE,
    load: () => import('./commands/sessions-show.ts'),
  },
  'sessions star': { summary: 'keeps a session whatever its age', ...ONE, load: () => import('./commands/sessions-star.ts') },
  'sessions unstar': { summary: 'takes that back', ...ONE, load: () => import('./commands/sessions-unstar.ts') },
  'sessions delete': { summary: 'removes a session and its recording', ...ONE, load: () => import('./commands/sessions-delete.ts') },
  'sessions import': {
    summary: 'takes in a recording made elsewhere',
    ...ONE,
    operand: 'FILE.mcap',
    load: () => import('./commands/sessions-import.ts'),
  },
  'library clean': {
    summary: 'removes what is too old or too much, never what is starred',
    ...ALL,
    own: CLEAN_FLAGS,
    load: () => import('./commands/library-clean.ts'),
  },
  'library rebuild': {
    summary: 'makes the list of sessions anew from the recordings',
    ...ALL,
    own: REBUILD_FLAGS,
    load: () => import('./commands/library-rebuild.ts'),
  },
  backup: { summary: 'copies all that is kept into a folder', ...ALL, own: BACKUP_FLAGS, load: () => import('./commands/backup.ts') },
  restore: {
    summary: 'puts a backup in the place of the data folder',
    ...ALL,
    operand: 'DIR',
    own: RESTORE_FLAGS,
    load: () => import('./commands/restore.ts'),
  },
} as const satisfies Record<string, CommandSpec>;
