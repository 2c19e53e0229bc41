import { ownValues, type Run } from '../command.ts';
import { ONE_SESSION_FLAGS } from '../library-flags.ts';
import { print } from '../print.ts';
import { sessionText } from '../session-text.ts';
import { withLibrary } from '../with-library.ts';

export const run: Run = (invocation, io) => {
  const [id = ''] = invocation.operands;
  const { json = false } = ownValues(ONE_SESSION_FLAGS, invocation);
  return withLibrary(invocation, io, (library) => {
    const session = library.findSession(id);
    const cues = library.cuesOf(session.id);
    print(io, json, { ...session, cues }, () => sessionText(session, cues));
    return 0;
  });
};
