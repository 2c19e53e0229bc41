import { ownValues, type Run } from '../command.ts';
import { ONE_SESSION_FLAGS } from '../library-flags.ts';
import { sessionText } from '../session-text.ts';
import { withLibrary } from '../with-library.ts';

export const run: Run = (invocation, io) => {
  const [id = ''] = invocation.operands;
  const { json = false } = ownValues(ONE_SESSION_FLAGS, invocation);
  return withLibrary(invocation, io, (library) => {
    const session = library.findSession(id);
    const cues = library.cuesOf(session.id);
    io.out(json ? `${JSON.stringify({ ...session, cues }, null, 2)}\n` : sessionText(session, cues));
    return 0;
  });
};
