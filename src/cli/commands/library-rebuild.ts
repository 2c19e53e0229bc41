import type { Rebuilt } from '../../sessions/library/recordings.ts';
import { ownValues, type Run } from '../command.ts';
import { REBUILD_FLAGS } from '../library-flags.ts';
import { print } from '../print.ts';
import { counted } from '../session-text.ts';
import { withLibrary } from '../with-library.ts';

const NOTHING: Rebuilt = { kept: 0, skipped: [], missing: [] };

/** Exit code 1 where a recording could not be read. */
export const run: Run = (invocation, io) => {
  const { json = false } = ownValues(REBUILD_FLAGS, invocation);
  return withLibrary(invocation, io, async (library) => {
    const rebuilt = library.folder === null ? NOTHING : await library.rebuild();
    print(io, json, rebuilt, () => words(rebuilt));
    return rebuilt.skipped.length === 0 ? 0 : 1;
  });
};

const words = ({ kept, skipped, missing }: Rebuilt): string =>
  [
    `${counted(kept, 'session')} from ${kept === 1 ? 'its recording' : 'their recordings'}`,
    ...skipped.map(({ why }) => `skipped: ${why}`),
    ...missing.map((id) => `${id}: its recording is gone`),
  ].join('\n');
