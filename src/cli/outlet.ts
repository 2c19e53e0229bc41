import type { Writable } from 'node:stream';

/** Where a command says what it has to say. Nothing of it throws. */
export interface Outlet {
  readonly write: (text: string) => void;
  /** Resolves when all that was written is out, or cannot come out any more. */
  readonly flushed: () => Promise<void>;
}

/**
 * `gone`: nobody reads it any more, as in `smart-roller analyze x | head -1`, or when the terminal was closed. `failed`: it cannot be
 * written, as on a full disk.
 */
export type Silence = 'gone' | 'failed';

const GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO']);

/** Writes to a stream until that fails; tells once why, and is silent from then on. */
export function createOutlet(stream: Writable, onSilence: (why: Silence, error: Error) => void): Outlet {
  let isSilent = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (isSilent) return;
    isSilent = true;
    onSilence(GONE.has(error.code) ? 'gone' : 'failed', error);
  });
  return {
    write: (text) => void (isSilent || stream.write(text)),
    flushed: () => new Promise((resolve) => (isSilent ? resolve() : stream.write('', () => resolve()))),
  };
}
