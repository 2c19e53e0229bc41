import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './paths.ts';

/** The built service as a process of its own, as `npm start` runs it. */
export interface CompanionProcess {
  readonly url: string;
  readonly pid: number;
  /** Folder that it records into, removed at the end. */
  readonly data: string;
  /** Ends it as Ctrl-C does, and waits until it is gone. */
  interrupt(): Promise<void>;
  /** The same, and removes its data. */
  stop(): Promise<void>;
}

export interface CompanionProcessOptions {
  readonly flags?: readonly string[];
  /** Folder with a `dist`; the repository's own unless told. */
  readonly home?: string;
  readonly node?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts `smart-roller serve` on a free port. Rejects with what it said when it ends before it has an address. */
export async function startCompanionProcess(options: CompanionProcessOptions = {}): Promise<CompanionProcess> {
  const { flags = [], home = ROOT, node = process.execPath, env = process.env } = options;
  const data = await mkdtemp(path.join(tmpdir(), 'smart-roller-'));
  const main = path.join(home, 'dist/src/cli/main.js');
  const child = spawn(node, [main, 'serve', '--port', '0', '--data', data, ...flags], { env, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));

  const interrupt = async (): Promise<void> => {
    child.kill('SIGINT');
    await exited;
  };
  const stop = async (): Promise<void> => {
    await interrupt();
    await rm(data, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return { url, pid: child.pid as number, data, interrupt, stop };
  }
  await stop();
  throw new Error(`the service ended without an address:\n${errors}`);
}

/** Address of the WebSocket of a service. */
export const socketUrl = (url: string): string => url.replace(/^http/, 'ws').replace(/\/(\?|$)/, '/ws$1');
