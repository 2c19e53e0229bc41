import { flagOf, SETTINGS } from '../config.ts';
import { VERSION } from '../version.ts';
import type { CommandSpec } from './command.ts';
import { COMMANDS, isCommand, type CommandName } from './commands.ts';

const WIDTH = 34;

const line = (left: string, right: string): string =>
  left.length < WIDTH ? `  ${left.padEnd(WIDTH)}${right}` : `  ${left}\n  ${' '.repeat(WIDTH)}${right}`;

export const versionText = (): string => `smart-roller ${VERSION}\n`;

/** A command, the first word of several, or null: all of it. */
export type HelpTopic = string | null;

export function helpText(topic: HelpTopic): string {
  return topic !== null && isCommand(topic) ? commandHelp(topic) : overview(topic === null ? '' : `${topic} `);
}

function overview(beginning: string): string {
  return [
    'smart-roller: live coaching for foam rolling',
    '',
    `Usage: smart-roller ${beginning}${beginning === '' ? '[COMMAND]' : 'COMMAND'} [FLAGS]`,
    '',
    ...Object.entries<CommandSpec>(COMMANDS)
      .filter(([name]) => name.startsWith(beginning))
      .map(([name, { summary, operand }]) => line([name, operand].filter(Boolean).join(' '), summary)),
    '',
    line('COMMAND --help', 'the flags of a command'),
    line('--version', 'the version'),
    '',
    'Every setting is a flag, a variable (SMART_ROLLER_MASS_KG) or a key of the JSON file of --config (massKg);',
    'a flag wins over a variable, a variable over the file.',
    'Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.',
    '',
  ].join('\n');
}

function commandHelp(name: CommandName): string {
  const { summary, operand, own, settings, coaching }: CommandSpec = COMMANDS[name];
  const usage = ['smart-roller', name, operand].filter(Boolean).join(' ');
  const flags = [...Object.entries(own), ...settings.map((key) => [key, SETTINGS[key]] as const)];
  return [
    `${usage} [FLAGS]: ${summary}`,
    '',
    ...flags.map(([key, { placeholder, doc, ...flag }]) =>
      line([flagOf(key), placeholder].filter(Boolean).join(' '), 'required' in flag && flag.required ? `${doc} (needed)` : doc),
    ),
    ...(coaching ? [line('--coaching-KEY N', 'a coaching threshold, as --coaching-area-warn-s 25')] : []),
    line('--config FILE', 'settings from a JSON file'),
    '',
  ].join('\n');
}
