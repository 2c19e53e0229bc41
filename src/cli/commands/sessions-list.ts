import { ownValues, type Run } from '../command.ts';
import { SESSIONS_LIST_FLAGS } from '../library-flags.ts';
import { lineText, shortIds } from '../session-text.ts';
import { withLibrary } from '../with-library.ts';
import { allSessions } from '../../sessions/library/recordings.ts';

const USUAL = 20;

export const run: Run = (invocation, io) => {
  const { limit = USUAL, json = false } = ownValues(SESSIONS_LIST_FLAGS, invocation);
  return withLibrary(invocation, io, (library, folder) => {
    const { sessions, next } = library.listSessions({ limit });
    if (json) io.out(`${JSON.stringify({ sessions, next }, null, 2)}\n`);
    else if (sessions.length === 0) io.out(`no sessions in ${folder}\n`);
    else {
      const short = shortIds([...allSessions(library)].map(({ id }) => id));
      const more = short.size - sessions.length;
      io.out([...sessions.map((session) => lineText(session, short.get(session.id) ?? '')), ...(more > 0 ? [`and ${more} more; --limit shows them`] : []), ''].join('\n'));
    }
    return 0;
  });
};
