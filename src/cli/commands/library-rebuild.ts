import { ownValues, type Run } from '../command.ts';
import { REBUILD_FLAGS } from '../library-flags.ts';
import { withLibrary } from '../with-library.ts';

/** Exit code 1 where a recording could not be read. */
export const run: Run = (invocation, io) => {
  const { json = false } = ownValues(REBUILD_FLAGS, invocation);
  return withLibrary(invocation, io, async (library) => {
    const rebuilt = library.folder === null ? { kept: 0, skipped: [], missing: [] } : await library.rebuild();
    if (json) io.out(`${JSON.stringify(rebuilt, null, 2)}\n`);
    else {
      const { kept, skipped, missing } = rebuilt;
      io.out([`${kept} sessions from their recordings`, ...skipped.map(({ why }) => `skipped: ${why}`), ...missing.map((id) => `${id}: its recording is gone`), ''].join('\n'));
    }
    return rebuilt.skipped.length === 0 ? 0 : 1;
  });
};
