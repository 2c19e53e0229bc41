#!/usr/bin/env node
import { systemClock } from '../clock.ts';
import { writeError } from '../sessions/file-errors.ts';
import { createOutlet } from './outlet.ts';
import { FAILED, INTERRUPTED, run } from './run.ts';

/** The process around a command: signals, streams and the exit code. */

/** A Ctrl-C under `npm start` comes twice, of the terminal and sent on by npm: a second one so soon is the same. */
const SAME_MS = 1000;

const interruption = new AbortController();
let interruptedBy: NodeJS.Signals | null = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  const interrupt = (): void => {
    interruptedBy ??= signal;
    interruption.abort(new Error(signal));
    // From then on a signal of the kind meets no handler, and kills.
    setTimeout(() => process.off(signal, interrupt), SAME_MS).unref();
  };
  process.on(signal, interrupt);
}

// Where nobody reads any more the command ends what it has begun. A log that cannot be written is no reason to stop.
let unsaid: Error | null = null;
const out = createOutlet(process.stdout, (why, error) => {
  if (why === 'failed') unsaid = error;
  interruption.abort(error);
});
const err = createOutlet(process.stderr, (why, error) => {
  if (why === 'gone') interruption.abort(error);
});

const code = await run(process.argv.slice(2), {
  out: out.write,
  err: (line) => err.write(`${line}\n`),
  env: process.env,
  clock: systemClock,
  interrupted: interruption.signal,
});
await out.flushed();
if (unsaid !== null) err.write(`smart-roller: ${writeError('the output', unsaid).line}\n`);
await err.flushed();
// eslint-disable-next-line -- nothing is left to do; a radio library may hold the loop open
process.exit(unsaid !== null ? FAILED : code === 0 && interruptedBy === 'SIGINT' ? INTERRUPTED : code);
