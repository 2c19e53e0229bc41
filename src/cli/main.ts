#!/usr/bin/env node
import { systemClock } from '../clock.ts';
import { INTERRUPTED, run } from './run.ts';

/** The process around a command: signals, streams and the exit code. */

const interruption = new AbortController();
let interruptedBy: NodeJS.Signals | null = null;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Once: a second signal of the kind meets no handler, and kills.
  process.once(signal, () => {
    interruptedBy ??= signal;
    interruption.abort(new Error(signal));
  });
}

// Whoever reads our output may stop to: `smart-roller analyze x | head -1`.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

const flushed = (stream: NodeJS.WriteStream): Promise<void> => new Promise((resolve) => stream.write('', () => resolve()));

const code = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (line) => process.stderr.write(`${line}\n`),
  env: process.env,
  clock: systemClock,
  interrupted: interruption.signal,
});
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
// eslint-disable-next-line -- nothing is left to do; a radio library may hold the loop open
process.exit(code === 0 && interruptedBy === 'SIGINT' ? INTERRUPTED : code);
