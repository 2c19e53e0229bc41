import { backUp } from '../../sessions/library/backup.ts';
import { SOFTWARE } from '../../version.ts';
import { ownValues, type Run } from '../command.ts';
import { BACKUP_FLAGS } from '../library-flags.ts';
import { bytesText } from '../session-text.ts';
import { withLibrary } from '../with-library.ts';

export const run: Run = (invocation, io) => {
  const { out, force = false, json = false } = ownValues(BACKUP_FLAGS, invocation);
  return withLibrary(invocation, io, async (library) => {
    const report = await backUp(library, { out, force, software: SOFTWARE, utcMs: io.clock.utcMs() });
    io.out(json ? `${JSON.stringify({ out, ...report }, null, 2)}\n` : `${out}: the library and ${report.recordings} recordings, ${bytesText(report.bytes)}\n`);
    return 0;
  });
};
