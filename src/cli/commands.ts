import type { CommandSpec } from './command.ts';
import { ANALYZE_FLAGS, IMPORT_FLAGS, SIMULATE_FLAGS } from './flags.ts';
import { SETTINGS } from '../config.ts';

/** Every command there is, in the order of the help. */
export const COMMANDS = {
  serve: {
    summary: 'the live companion, with its dashboard; the default command',
    operand: null,
    settings: Object.keys(SETTINGS) as (keyof typeof SETTINGS)[],
    coaching: true,
    own: {},
    load: () => import('./commands/serve.ts'),
  },
  simulate: {
    summary: 'records a simulated session as fast as possible, the truth beside the signal',
    operand: null,
    settings: ['scenario', 'seed'],
    coaching: false,
    own: SIMULATE_FLAGS,
    load: () => import('./commands/simulate.ts'),
  },
  analyze: {
    summary: 'runs the live pipeline over a recording: summary, cues with times',
    operand: 'FILE.mcap',
    settings: ['group', 'side', 'massKg'],
    coaching: true,
    own: ANALYZE_FLAGS,
    load: () => import('./commands/analyze.ts'),
  },
  import: {
    summary: "makes a recording of a logger's CSV",
    operand: 'FILE.csv',
    settings: [],
    coaching: false,
    own: IMPORT_FLAGS,
    load: () => import('./commands/import.ts'),
  },
} as const satisfies Record<string, CommandSpec>;

export type CommandName = keyof typeof COMMANDS;
export const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

/** Commands that are planned: said honestly, listed nowhere. */
export const PLANNED: readonly string[] = ['export', 'sessions', 'scan', 'doctor', 'check-firmware'];
