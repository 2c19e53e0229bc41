import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../support/paths.ts';
import { openH4Socket } from './h4-socket.ts';

/**
 * BlueZ's emulator of Bluetooth controllers, as a process of its own. What it does not do: a report for each advertisement (it gives one
 * when a scan or an advertiser is turned on), signal strength (127: not known), timing, supervision of a connection (a peer that is
 * killed is just silent), a controller of Low Energy alone that knows Read RSSI.
 */
export interface Btvirt {
  /** Each connection to it is a controller for BR/EDR and LE. */
  readonly socket: string;
  stop(): Promise<void>;
}

const SHIM = path.join(ROOT, 'tests/witness/btvirt-shim.c');
export const ROLLER_PROCESS = path.join(ROOT, 'dist/tests/witness/roller-process.js');
const START_MS = 5000;
const RETRY_MS = 20;

const isInstalled = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).error === undefined;

/** Why there can be no witness here; null: there can. */
export function whyNot(): string | null {
  if (process.platform !== 'linux') return 'btvirt runs on Linux only';
  if (!isInstalled('btvirt', '--help')) return 'btvirt is not installed (Debian: apt-get install bluez-test-tools)';
  if (!isInstalled('gcc', '--version')) return 'gcc is not installed, which compiles what btvirt needs here';
  if (!existsSync(ROLLER_PROCESS)) return 'the project is not built (npm run build)';
  return null;
}

export async function startBtvirt(): Promise<Btvirt> {
  const folder = await mkdtemp(path.join(tmpdir(), 'smart-roller-witness-'));
  const shim = path.join(folder, 'shim.so');
  execFileSync('gcc', ['-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-o', shim, SHIM, '-ldl']);
  const child = spawn('btvirt', ['-s'], { env: { ...process.env, LD_PRELOAD: shim, BTVIRT_SOCKETS: folder }, stdio: 'ignore' });
  const stop = async (): Promise<void> => {
    await kill(child);
    await rm(folder, { recursive: true });
  };
  const socket = path.join(folder, 'bt-server-bredrle');
  try {
    await untilListening(socket);
  } catch (error) {
    await stop();
    throw error;
  }
  return { socket, stop };
}

async function untilListening(socket: string): Promise<void> {
  const deadlineMs = performance.now() + START_MS;
  for (;;) {
    const failure = await openH4Socket(socket).then((probe) => probe.stop(), (error: unknown) => error as Error);
    if (!failure) return;
    if (performance.now() > deadlineMs) throw new Error(`btvirt did not start: ${failure.message}`);
    await sleep(RETRY_MS);
  }
}

/** Without a chance to say goodbye. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
