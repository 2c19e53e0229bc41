import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** What of the machine decides where a program keeps its data. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const NAME = 'smart-roller';

/** Where each system wants data; elsewhere the XDG base directories hold. */
const DEFAULTS: Partial<Readonly<Record<NodeJS.Platform, (surroundings: Surroundings) => string>>> = {
  darwin: ({ home }) => path.posix.join(home, 'Library', 'Application Support', NAME),
  win32: ({ home, env }) => path.win32.join(env['LOCALAPPDATA'] || path.win32.join(home, 'AppData', 'Local'), NAME),
};

function xdgData({ home, env }: Surroundings): string {
  const given = env['XDG_DATA_HOME'];
  return path.posix.join(given !== undefined && path.posix.isAbsolute(given) ? given : path.posix.join(home, '.local', 'share'), NAME);
}

/** The folder of what the companion keeps: as it was set, else where this system keeps data of programs. */
export function dataFolder(
  { data }: { readonly data?: string | undefined },
  surroundings: Surroundings = { platform: process.platform, env: process.env, home: homedir() },
): string {
  return data ?? (DEFAULTS[surroundings.platform] ?? xdgData)(surroundings);
}
