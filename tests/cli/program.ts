import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';

/** The built program, as scripts run it. */
export const MAIN = 'dist/src/cli/main.js';
export const isBuilt = existsSync(MAIN);
if (!isBuilt) console.warn('skipped: not built (npm run build)');

export interface Running {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Resolves when the process has ended, to its code, or to the name of the signal that killed it. */
  readonly ended: Promise<number | string>;
}

export const start = (...args: readonly string[]): Running => startUnder([], ...args);

/** With flags for node itself. */
export function startUnder(nodeFlags: readonly string[], ...args: readonly string[]): Running {
  const child = spawn(process.execPath, [...nodeFlags, MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return { child, out: () => out, err: () => err, ended };
}

export const finished = async (...args: readonly string[]): Promise<{ code: number | string; out: string; err: string }> => {
  const { ended, out, err } = start(...args);
  return { code: await ended, out: out(), err: err() };
};

/** Waits until the process has printed something that matches. */
export const printed = (running: Running, what: RegExp): Promise<RegExpExecArray> => said(running, 'stdout', running.out, what);

/** The same of its log. */
export const logged = (running: Running, what: RegExp): Promise<RegExpExecArray> => said(running, 'stderr', running.err, what);

async function said({ child, err, ended }: Running, stream: 'stdout' | 'stderr', text: () => string, what: RegExp): Promise<RegExpExecArray> {
  let over = false;
  void ended.then(() => (over = true));
  for (;;) {
    const match = what.exec(text());
    if (match !== null) return match;
    if (over) throw new Error(`it ended without saying ${what}: ${err()}`);
    await Promise.race([once(child[stream]!, 'data'), ended]);
  }
}
