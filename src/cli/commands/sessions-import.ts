import { ownValues, type Run } from '../command.ts';
import { ONE_SESSION_FLAGS } from '../library-flags.ts';
import { print } from '../print.ts';
import { lineText, plain } from '../session-text.ts';
import { withLibrary } from '../with-library.ts';

export const run: Run = (invocation, io) => {
  const [file = ''] = invocation.operands;
  const { json = false } = ownValues(ONE_SESSION_FLAGS, invocation);
  return withLibrary(
    invocation,
    io,
    async (library) => {
      const taken = await library.importRecording(file);
      const { session, isNew } = taken;
      const what = isNew ? `taken in as ${plain(session.file ?? '')}` : 'there already';
      print(io, json, taken, () => `${what}\n${lineText(session, session.id)}`);
      return 0;
    },
    { create: true },
  );
};
