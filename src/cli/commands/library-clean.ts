import { AppError } from '../../errors.ts';
import { ownValues, type Run } from '../command.ts';
import { CLEAN_FLAGS } from '../library-flags.ts';
import { bytesText } from '../session-text.ts';
import { withLibrary } from '../with-library.ts';
import { removedText } from './sessions-delete.ts';

/** By the flags, else by what the library was set to keep. */
export const run: Run = (invocation, io) => {
  const { maxAgeDays, maxMb, json = false } = ownValues(CLEAN_FLAGS, invocation);
  return withLibrary(invocation, io, async (library) => {
    const { keepDays, keepBytes } = library.settings();
    const isGiven = maxAgeDays !== undefined || maxMb !== undefined;
    const limits = isGiven ? { maxAgeDays: maxAgeDays ?? null, maxBytes: maxMb === undefined ? null : maxMb * 1e6 } : { maxAgeDays: keepDays, maxBytes: keepBytes };
    if (limits.maxAgeDays === null && limits.maxBytes === null) throw new AppError('E_USAGE', 'nothing says what is too old or too much', 'add --max-age-days N or --max-mb N');
    const retained = await library.retention(limits);
    if (json) io.out(`${JSON.stringify(retained, null, 2)}\n`);
    else io.out([...retained.removed.map(removedText), `${retained.removed.length} sessions removed, ${bytesText(retained.freedBytes)} freed`, ''].join('\n'));
    return 0;
  });
};
