import type { CommandSpec } from './command.ts';
import { ADVERTISE_FLAGS, ANALYZE_FLAGS, CHECK_FIRMWARE_FLAGS, DOCTOR_FLAGS, EXPORT_FLAGS, IMPORT_FLAGS, SCAN_FLAGS, SIMULATE_FLAGS } from './flags.ts';
import { LIBRARY_COMMANDS } from './library-commands.ts';
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
  export: {
    summary: 'makes a table, a document, an activity or a page of a recording',
    operand: 'FILE.mcap',
    settings: ['group', 'side', 'massKg'],
    coaching: true,
    own: EXPORT_FLAGS,
    load: () => import('./commands/export.ts'),
  },
  ...LIBRARY_COMMANDS,
  scan: {
    summary: 'lists the rollers in reach',
    operand: null,
    settings: ['source', 'sensor', 'scenario', 'seed'],
    coaching: false,
    own: SCAN_FLAGS,
    load: () => import('./commands/scan.ts'),
  },
  'check-firmware': {
    summary: 'runs a roller through a conformance suite of the protocol and reports',
    operand: null,
    settings: ['source', 'device', 'sensor', 'scenario', 'seed'],
    coaching: false,
    own: CHECK_FIRMWARE_FLAGS,
    load: () => import('./commands/check-firmware.ts'),
  },
  advertise: {
    summary: 'makes this Linux machine a roller for another one, over its Bluetooth adapter',
    operand: null,
    settings: ['scenario', 'seed'],
    coaching: false,
    own: ADVERTISE_FLAGS,
    load: () => import('./commands/advertise.ts'),
  },
  doctor: {
    summary: 'looks for what keeps this machine from working, and says what to do',
    operand: null,
    settings: ['source', 'data'],
    coaching: false,
    own: DOCTOR_FLAGS,
    load: () => import('./commands/doctor.ts'),
  },
} as const satisfies Record<string, CommandSpec>;

export type CommandName = keyof typeof COMMANDS;
export const isCommand = (name: string): name is CommandName => Object.hasOwn(COMMANDS, name);

/** The second words of the commands that begin with this one. */
export const subcommandsOf = (word: string): readonly string[] =>
  Object.keys(COMMANDS).flatMap((name) => (name.startsWith(`${word} `) ? [name.slice(word.length + 1)] : []));
