import { parseArgs } from 'node:util';
import { COACHING_SETTINGS, FLAG_PATHS, flagOf, kebab, settingAt, SETTINGS, valueError } from '../config.ts';
import { AppError } from '../errors.ts';
import { didYouMean, nearest } from '../nearest.ts';
import type { Setting } from '../setting.ts';
import type { CommandSpec, Invocation } from './command.ts';
import { COMMANDS, isCommand, PLANNED, type CommandName } from './commands.ts';

export type CommandLine =
  | { readonly type: 'help'; readonly command: CommandName | null }
  | { readonly type: 'version' }
  | { readonly type: 'run'; readonly command: CommandName; readonly invocation: Invocation };

const usage = (message: string, hint: string): AppError => new AppError('E_USAGE', message, hint);

/** Reads a command line. Throws E_USAGE, or E_NOT_BUILT for a command that is planned. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const [first, ...rest] = args;
  if (first === 'help') return { type: 'help', command: rest[0] === undefined ? null : commandNamed(rest[0]) };
  const named = first !== undefined && !first.startsWith('-');
  const command = named ? commandNamed(first) : 'serve';
  return parseCommand(command, named ? rest : args, named);
}

function commandNamed(name: string): CommandName {
  if (isCommand(name)) return name;
  if (PLANNED.includes(name))
    throw new AppError('E_NOT_BUILT', `${name} is not built yet`, `there are ${Object.keys(COMMANDS).join(', ')}`);
  throw usage(`unknown command ${name}`, didYouMean(name, Object.keys(COMMANDS)));
}

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
    if (name === 'help') return { type: 'help', command: named ? command : null };
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
}

const elsewhere = (name: string, command: string): string => (FLAG_PATHS.has(name) || name in SETTINGS ? ` for ${command}` : '');

const hintFor = (name: string, names: readonly string[], command: string): string => {
  const near = nearest(name, names);
  return near === null ? `smart-roller ${command} --help lists them` : `did you mean --${near}?`;
};
