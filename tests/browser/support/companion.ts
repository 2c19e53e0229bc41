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
  /** Ends it as Ctrl-C does, and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts `smart-roller serve` with these flags on a free port; its data go into a folder that is removed again. */
export async function startCompanionProcess(flags: readonly string[]): Promise<CompanionProcess> {
  const data = await mkdtemp(path.join(tmpdir(), 'smart-roller-'));
  const main = path.join(ROOT, 'dist/src/cli/main.js');
  const child = spawn(process.execPath, [main, 'serve', '--port', '0', '--data', data, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));

  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await exited;
    await rm(data, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return { url, stop };
  }
  await stop();
  throw new Error(`the service ended without an address:\n${errors}`);
}
