import { AppError } from '../../errors.ts';
import { backUp } from '../../sessions/library/backup.ts';
import { SOFTWARE } from '../../version.ts';
import { ownValues, type Run } from '../command.ts';
import { BACKUP_FLAGS } from '../library-flags.ts';
import { print } from '../print.ts';
import { bytesText, counted } from '../session-text.ts';
import { withLibrary } from '../with-library.ts';

export const run: Run = (invocation, io) => {
  const { out, force = false, json = false } = ownValues(BACKUP_FLAGS, invocation);
  return withLibrary(invocation, io, async (library, folder) => {
    if (library.folder === null) throw new AppError('E_NOT_FOUND', `there is no ${folder} to back up`, 'give the data folder with --data');
    const report = await backUp(library, { out, force, software: SOFTWARE, utcMs: io.clock.utcMs() });
    const { recordings, bytes } = report;
    print(io, json, { out, ...report }, () => `${out}: the library and ${counted(recordings, 'recording')}, ${bytesText(bytes)}`);
    return 0;
  });
};
