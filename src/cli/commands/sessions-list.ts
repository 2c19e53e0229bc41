import { allSessions } from '../../sessions/library/recordings.ts';
import { ownValues, type Run } from '../command.ts';
import { SESSIONS_LIST_FLAGS } from '../library-flags.ts';
import { print } from '../print.ts';
import { lineText, shortIds } from '../session-text.ts';
import { withLibrary } from '../with-library.ts';

const USUAL = 20;

export const run: Run = (invocation, io) => {
  const { limit = USUAL, json = false } = ownValues(SESSIONS_LIST_FLAGS, invocation);
  return withLibrary(invocation, io, (library, folder) => {
    const page = library.listSessions({ limit });
    print(io, json, page, () => {
      if (page.sessions.length === 0) return `no sessions in ${folder}`;
      const short = shortIds([...allSessions(library)].map(({ id }) => id));
      const lines = page.sessions.map((session) => lineText(session, short.get(session.id) ?? session.id));
      const more = short.size - lines.length;
      return [...lines, ...(more > 0 ? [`and ${more} more; --limit shows them`] : [])].join('\n');
    });
    return 0;
  });
};
