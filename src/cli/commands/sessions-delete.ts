import type { Removed } from '../../sessions/library/removal.ts';
import { ownValues, type Run } from '../command.ts';
import { ONE_SESSION_FLAGS } from '../library-flags.ts';
import { print } from '../print.ts';
import { bytesText, plain } from '../session-text.ts';
import { withLibrary } from '../with-library.ts';

export const run: Run = (invocation, io) => {
  const [id = ''] = invocation.operands;
  const { json = false } = ownValues(ONE_SESSION_FLAGS, invocation);
  return withLibrary(invocation, io, async (library) => {
    const removed = await library.deleteSession(library.findSession(id).id);
    print(io, json, removed, () => removedText(removed));
    return 0;
  });
};

const RECORDING: Readonly<Record<Removed['recording'], (removed: Removed) => string>> = {
  removed: ({ file, bytes }) => `its recording ${plain(file ?? '')} too (${bytesText(bytes)})`,
  missing: ({ file }) => `its recording ${plain(file ?? '')} was gone already`,
  none: () => 'it had no recording',
};

export const removedText = (removed: Removed): string => `removed ${removed.id}; ${RECORDING[removed.recording](removed)}`;
