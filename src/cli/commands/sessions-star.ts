import { ownValues, type Invocation, type Run } from '../command.ts';
import type { Io } from '../io.ts';
import { ONE_SESSION_FLAGS } from '../library-flags.ts';
import { print } from '../print.ts';
import { withLibrary } from '../with-library.ts';

export const run: Run = (invocation, io) => starring(invocation, io, true);

export function starring(invocation: Invocation, io: Io, starred: boolean): Promise<number> {
  const [id = ''] = invocation.operands;
  const { json = false } = ownValues(ONE_SESSION_FLAGS, invocation);
  return withLibrary(invocation, io, (library) => {
    const session = library.star(library.findSession(id).id, starred);
    print(io, json, session, () => `${session.id} is ${starred ? 'starred' : 'no longer starred'}`);
    return 0;
  });
}
