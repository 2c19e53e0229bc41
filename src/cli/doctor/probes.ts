import { constants, existsSync } from 'node:fs';
import { access, readdir, readFile, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { createAir } from '../../../simulators/radio/air.ts';
import { AppError } from '../../errors.ts';
import { usualFolder } from '../../data-folder.ts';
import { nativeProblem } from '../../link/ble/native.ts';
import { howToGetBluetooth } from '../../link/ble/missing.ts';
import { openNoble, type NobleOptions } from '../../link/ble/noble.ts';
import { sqliteProblem } from '../../sessions/library/sqlite.ts';
import type { Facts } from './checks.ts';

/** Asks the machine. A probe that fails is a finding, never an error. */

const ADAPTERS = '/sys/class/bluetooth';
const KILL_SWITCHES = '/sys/class/rfkill';
const OWN_STATUS = '/proc/self/status';
/** Bit of CAP_NET_RAW in a set of capabilities (linux/capability.h). */
const CAP_NET_RAW = 13n;
/** An adapter that is there answers within a few ms. */
const START_MS = 3000;

export async function probe(data: string | undefined): Promise<Facts> {
  const isLinux = process.platform === 'linux';
  const unloadable = nativeProblem();
  return {
    nodeVersion: process.version,
    platform: process.platform,
    arch: process.arch,
    simulatorProblem: await simulatorProblem(),
    nativeProblem: unloadable,
    adapters: isLinux ? await namesIn(ADAPTERS) : null,
    killSwitches: isLinux ? await killSwitches() : null,
    rawAccess: isLinux ? await rawAccess() : null,
    rawAccessHint: howToGetBluetooth('unauthorized').hint,
    bluetoothProblem: await startProblem({}),
    libraryProblem: sqliteProblem(),
    folder: { isAsked: data !== undefined, ...(await folderFacts(data)) },
  };
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** Starts Bluetooth and ends it again. */
async function startProblem(options: NobleOptions): Promise<Facts['bluetoothProblem']> {
  try {
    await (await openNoble({ startTimeoutMs: START_MS, ...options })).close();
    return null;
  } catch (error) {
    return error instanceof AppError ? { message: error.message, hint: error.hint } : { message: String(error), hint: 'please report this' };
  }
}

async function simulatorProblem(): Promise<string | null> {
  const air = createAir({ seed: 1 });
  const problem = await startProblem({ hciSocket: air.central() });
  air.close();
  return problem?.message ?? null;
}

async function killSwitches(): Promise<NonNullable<Facts['killSwitches']>> {
  const read = (name: string, file: string): Promise<string> => readFile(join(KILL_SWITCHES, name, file), 'utf8').then((text) => text.trim(), () => '');
  const switches = await Promise.all(
    (await namesIn(KILL_SWITCHES)).map(async (name) => ({
      type: await read(name, 'type'),
      name: (await read(name, 'name')) || name,
      soft: (await read(name, 'soft')) === '1',
      hard: (await read(name, 'hard')) === '1',
    })),
  );
  return switches.filter(({ type }) => type === 'bluetooth').map(({ name, soft, hard }) => ({ name, soft, hard }));
}

/** By the effective capabilities of this very process, which it has of its binary or of root. */
async function rawAccess(): Promise<boolean | null> {
  const status = await readFile(OWN_STATUS, 'utf8').catch(() => '');
  const effective = /^CapEff:\s*([0-9a-f]+)$/im.exec(status)?.[1];
  return effective === undefined ? null : ((BigInt(`0x${effective}`) >> CAP_NET_RAW) & 1n) === 1n;
}

/** Of the data folder, or where it does not exist yet, of the one that it would be made in. */
async function folderFacts(data: string | undefined): Promise<Omit<Facts['folder'], 'isAsked'>> {
  const folder = data ?? usualFolder();
  if (folder === null) return { path: 'a home folder', problem: 'this user has none', freeBytes: null };
  const path = resolve(folder);
  let existing = path;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const freeBytes = await statfs(existing).then(({ bavail, bsize }) => bavail * bsize, () => null);
  const problem = await writeProblem(existing).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  return { path, problem, freeBytes };
}

async function writeProblem(folder: string): Promise<string | null> {
  if (!(await stat(folder)).isDirectory()) return `${folder} is no folder`;
  await access(folder, constants.W_OK | constants.X_OK);
  return null;
}
