import { AppError } from '../../errors.ts';
import type { Library } from '../../sessions/library/library.ts';
import type { Limits } from '../../sessions/library/removal.ts';
import { ownValues, type Run } from '../command.ts';
import { CLEAN_FLAGS } from '../library-flags.ts';
import { print } from '../print.ts';
import { bytesText, counted } from '../session-text.ts';
import { withLibrary } from '../with-library.ts';
import { removedText } from './sessions-delete.ts';

export const run: Run = (invocation, io) => {
  const { maxAgeDays = null, maxMb = null, json = false } = ownValues(CLEAN_FLAGS, invocation);
  const given = { maxAgeDays, maxBytes: maxMb === null ? null : maxMb * 1e6 };
  return withLibrary(invocation, io, async (library) => {
    const retained = await library.retention(limitsOf(given, library));
    const { removed, freedBytes } = retained;
    const sum = `${counted(removed.length, 'session')} removed, ${bytesText(freedBytes)} freed`;
    print(io, json, retained, () => [...removed.map(removedText), sum].join('\n'));
    return 0;
  });
};

/** By the flags, else by what the library was set to keep. */
function limitsOf(given: Limits, library: Pick<Library, 'settings'>): Limits {
  const { keepDays, keepBytes } = library.settings();
  for (const limits of [given, { maxAgeDays: keepDays, maxBytes: keepBytes }]) {
    if (limits.maxAgeDays !== null || limits.maxBytes !== null) return limits;
  }
  throw new AppError('E_USAGE', 'nothing says what is too old or too much', 'add --max-age-days N or --max-mb N');
}
