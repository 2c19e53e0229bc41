import { parseArgs } from 'node:util';
import { COACHING_SETTINGS, FLAG_PATHS, flagOf, kebab, settingAt, SETTINGS, valueError } from '../config.ts';
import { AppError } from '../errors.ts';
import { didYouMean, nearest } from '../nearest.ts';
import type { Setting } from '../setting.ts';
import type { CommandSpec, Invocation } from './command.ts';
import { COMMANDS, isCommand, subcommandsOf, type CommandName } from './commands.ts';
import type { HelpTopic } from './help.ts';

export type CommandLine =
  | { readonly type: 'help'; readonly topic: HelpTopic }
  | { readonly type: 'version' }
  | { readonly type: 'run'; readonly command: CommandName; readonly invocation: Invocation };

const usage = (message: string, hint: string): AppError => new AppError('E_USAGE', message, hint);

/** Reads a command line. Throws E_USAGE. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  if (args[0] === 'help') return { type: 'help', topic: topicOf(args.slice(1)) };
  if (args[0] === undefined || args[0].startsWith('-')) return parseCommand('serve', args, false);
  if (subcommandsOf(args[0]).length > 0 && ['--help', '-h'].includes(args[1] ?? '')) return { type: 'help', topic: args[0] };
  const { command, words } = commandNamed(args);
  return parseCommand(command, args.slice(words), true);
}

const topicOf = (words: readonly string[]): HelpTopic => {
  const [first] = words;
  if (first === undefined) return null;
  return words.length === 1 && subcommandsOf(first).length > 0 ? first : commandNamed(words).command;
};

/** A command is one word, or two: `sessions list`. */
function commandNamed([first = '', second]: readonly string[]): { readonly command: CommandName; readonly words: 1 | 2 } {
  if (isCommand(first)) return { command: first, words: 1 };
  const subcommands = subcommandsOf(first);
  if (subcommands.length === 0) throw usage(`unknown command ${first === '' ? '""' : first}`, didYouMean(first, FIRST_WORDS));
  const command = `${first} ${second}`;
  if (isCommand(command)) return { command, words: 2 };
  if (second === undefined || second.startsWith('-')) throw usage(`${first} needs a second word`, didYouMean('', subcommands));
  throw usage(`unknown command ${command}`, didYouMean(second, subcommands));
}

const FIRST_WORDS = [...new Set(Object.keys(COMMANDS).map((name) => name.split(' ')[0] as string))];

interface KnownFlag {
  /** Key among the own flags, or path of the shared setting. */
  readonly key: string;
  readonly own: boolean;
  readonly setting: Setting;
}

/** The flags of a command by name without dashes. */
function flagsOf({ own, settings, coaching }: CommandSpec): Map<string, KnownFlag> {
  const paths = [...settings, ...(coaching ? Object.keys(COACHING_SETTINGS).map((name) => `coaching.${name}`) : [])];
  return new Map([
    ...Object.entries(own).map(([key, setting]): [string, KnownFlag] => [kebab(key), { key, own: true, setting }]),
    ...paths.map((path): [string, KnownFlag] => [kebab(path), { key: path, own: false, setting: settingAt(path) as Setting }]),
  ]);
}

const HELP = ['help', 'version', 'config'];

function parseCommand(command: CommandName, args: readonly string[], named: boolean): CommandLine {
  const spec: CommandSpec = COMMANDS[command];
  const known = flagsOf(spec);
  const options = Object.fromEntries([
    ...[...known].map(
      ([name, { setting }]) => [name, { type: setting.placeholder === null ? ('boolean' as const) : ('string' as const) }] as const,
    ),
    ['config', { type: 'string' as const }] as const,
    ['help', { type: 'boolean' as const, short: 'h' }] as const,
    ['version', { type: 'boolean' as const }] as const,
  ]);
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });

  const operands: string[] = [];
  const own: Record<string, unknown> = {};
  const settings = new Map<string, string>();
  let configFile: string | null = null;
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (name === 'help') return { type: 'help', topic: named ? command : null };
    if (name === 'version') return { type: 'version' };
    if (name === 'config') configFile = needed(rawName, value, token.inlineValue, 'FILE');
    else {
      const flag = known.get(name);
      if (flag === undefined)
        throw usage(`unknown flag ${rawName}${elsewhere(name, command)}`, hintFor(name, [...known.keys(), ...HELP], command));
      const text =
        flag.setting.placeholder === null ? (value ?? 'true') : needed(rawName, value, token.inlineValue, flag.setting.placeholder);
      if (flag.own) own[flag.key] = checked(flag.setting, rawName, text);
      else settings.set(flag.key, text);
    }
  }
  checkOperands(command, spec, operands);
  for (const [key, { required, placeholder }] of Object.entries(spec.own)) {
    if (required && own[key] === undefined) throw usage(`${command} needs ${flagOf(key)}`, `add ${flagOf(key)} ${placeholder}`);
  }
  return { type: 'run', command, invocation: { operands, own, settings, configFile } };
}

/** A flag that wants a value does not swallow the next flag. */
function needed(rawName: string, value: string | undefined, inline: boolean | undefined, placeholder: string): string {
  if (value === undefined || (!inline && value.startsWith('--')))
    throw usage(`${rawName} needs a value`, `write ${rawName} ${placeholder}`);
  return value;
}

function checked(setting: Setting, rawName: string, given: string): unknown {
  const value = setting.fromText(given);
  const read = setting.schema.safeParse(value);
  if (!read.success) throw valueError(setting, rawName, given, 'E_USAGE');
  return read.data;
}

function checkOperands(command: CommandName, { operand }: CommandSpec, operands: readonly string[]): void {
  if (operand === null && operands.length > 0)
    throw usage(`${command} takes no ${JSON.stringify(operands[0])}`, `smart-roller ${command} --help tells what it takes`);
  if (operand !== null && operands.length !== 1) {
    throw usage(`${command} takes one ${operand}, not ${operands.length}`, `write smart-roller ${command} ${operand}`);
  }
  if (operands[0] === '') throw usage(`${command} takes one ${operand}, not an empty text`, `write smart-roller ${command} ${operand}`);
}

const elsewhere = (name: string, command: string): string => (FLAG_PATHS.has(name) || name in SETTINGS ? ` for ${command}` : '');

const hintFor = (name: string, names: readonly string[], command: string): string => {
  const near = nearest(name, names);
  return near === null ? `smart-roller ${command} --help lists them` : `did you mean --${near}?`;
};
