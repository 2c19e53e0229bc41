import type { Clock } from '../clock.ts';

/** All that a command has of the world outside, so that tests can stand in for it. */
export interface Io {
  readonly out: (text: string) => void;
  /** One line on stderr, as it is. */
  readonly err: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Aborts when the person has had enough: the command ends what it has begun and returns. */
  readonly interrupted: AbortSignal;
}
