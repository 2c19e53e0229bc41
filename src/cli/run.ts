import { AppError } from '../errors.ts';
import { COMMANDS } from './commands.ts';
import { helpText, versionText } from './help.ts';
import type { Io } from './io.ts';
import { parseCommandLine } from './parse.ts';

/** Exit code of a command that was interrupted by the person: 128 + SIGINT. */
export const INTERRUPTED = 130;
/** Exit code of a command that could not do what it was asked, as in src/errors.ts. */
export const FAILED = 1;

/** Runs a command line; whatever goes wrong becomes one line on stderr. Resolves to the exit code and never rejects. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    const line = parseCommandLine(args);
    if (line.type === 'help') io.out(helpText(line.topic));
    else if (line.type === 'version') io.out(versionText());
    else {
      const { run: command } = await COMMANDS[line.command].load();
      return await command(line.invocation, io);
    }
    return 0;
  } catch (error) {
    if (io.interrupted.aborted && error === io.interrupted.reason) return INTERRUPTED;
    const told = error instanceof AppError ? error : bug(error);
    io.err(`smart-roller: ${told.line}`);
    return told.exitCode;
  }
}

/** Anything but an AppError is a fault of the program: the place helps whoever mends it. */
function bug(error: unknown): AppError {
  const [message, place] =
    error instanceof Error
      ? [
          error.message,
          error.stack
            ?.split('\n')
            .find((frame) => frame.trim().startsWith('at '))
            ?.trim(),
        ]
      : [String(error), undefined];
  return new AppError(
    'E_INTERNAL',
    `${message}${place === undefined ? '' : ` (${place})`}`,
    'this is a fault of the program: please report it',
    { cause: error },
  );
}
