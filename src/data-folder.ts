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

/** Where each system wants data of programs, null: the home folder that it would be in is not there; elsewhere the XDG base directories hold. */
const PLACES: Partial<Readonly<Record<NodeJS.Platform, (surroundings: Surroundings) => string | null>>> = {
  darwin: ({ home }) => home && path.posix.join(home, 'Library', 'Application Support'),
  win32: ({ home, env }) => env['LOCALAPPDATA'] || (home && path.win32.join(home, 'AppData', 'Local')),
};

function xdgPlace({ home, env }: Surroundings): string | null {
  const given = env['XDG_DATA_HOME'];
  return given !== undefined && path.posix.isAbsolute(given) ? given : home && path.posix.join(home, '.local', 'share');
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

/** Where this system keeps data of this program; null: this user has no home folder. */
export function usualFolder(surroundings: Surroundings = here()): string | null {
  const { platform } = surroundings;
  const place = (PLACES[platform] ?? xdgPlace)(surroundings);
  return place && (platform === 'win32' ? path.win32 : path.posix).join(place, NAME);
}

export const noHome = (): AppError =>
  new AppError('E_CONFIG', 'this user has no home folder to keep data in', 'name a folder with --data DIR, or set HOME');

/** The folder of what the companion keeps: as it was set, else the usual one. Throws E_CONFIG where there is neither. */
export function dataFolder({ data }: { readonly data?: string | undefined }, surroundings: Surroundings = here()): string {
  const folder = data ?? usualFolder(surroundings);
  if (folder === null) throw noHome();
  return folder;
}
