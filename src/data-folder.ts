import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { AppError } from './errors.ts';

/** What of the machine decides where a program keeps its data. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Null: this user has none. */
  readonly home: string | null;
}

const NAME = 'smart-roller';

/** Where each system wants data; elsewhere the XDG base directories hold. */
const DEFAULTS: Partial<Readonly<Record<NodeJS.Platform, (surroundings: Surroundings) => string>>> = {
  darwin: ({ home }) => path.posix.join(known(home), 'Library', 'Application Support', NAME),
  win32: ({ home, env }) => path.win32.join(env['LOCALAPPDATA'] || path.win32.join(known(home), 'AppData', 'Local'), NAME),
};

function xdgData({ home, env }: Surroundings): string {
  const given = env['XDG_DATA_HOME'];
  return path.posix.join(given !== undefined && path.posix.isAbsolute(given) ? given : path.posix.join(known(home), '.local', 'share'), NAME);
}

function known(home: string | null): string {
  if (home === null) throw new AppError('E_CONFIG', 'this user has no home folder to keep data in', 'name a folder with --data DIR, or set HOME');
  return home;
}

/** A HOME that is empty or relative would be another folder wherever the program is started. */
function ownHome(): string | null {
  try {
    const home = homedir();
    return path.isAbsolute(home) ? home : null;
  } catch {
    return null; // neither HOME nor an entry in the list of users, as in a container
  }
}

/** This machine, as this user has it. */
export const here = (): Surroundings => ({ platform: process.platform, env: process.env, home: ownHome() });

/** The folder of what the companion keeps: as it was set, else where this system keeps data of programs. Throws E_CONFIG where there is neither. */
export function dataFolder({ data }: { readonly data?: string | undefined }, surroundings: Surroundings = here()): string {
  return data ?? (DEFAULTS[surroundings.platform] ?? xdgData)(surroundings);
}
