import { systemClock } from '../../src/clock.ts';
import { run } from '../../src/cli/run.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process. */
export async function cli(
  args: readonly string[],
  { env = {}, interrupted = new AbortController().signal }: { env?: Record<string, string>; interrupted?: AbortSignal } = {},
): Promise<CliResult> {
  let out = '';
  let err = '';
  const code = await run(args, { out: (text) => (out += text), err: (line) => (err += `${line}\n`), env, clock: systemClock, interrupted });
  return { code, out, err };
}
