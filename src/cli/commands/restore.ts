import { loadConfig } from '../../config.ts';
import { restore } from '../../sessions/library/backup.ts';
import { ownValues, type Run } from '../command.ts';
import { RESTORE_FLAGS } from '../library-flags.ts';
import { print } from '../print.ts';
import { counted, timeText } from '../session-text.ts';
import { folderOf } from '../with-library.ts';

export const run: Run = async (invocation, io) => {
  const [from = ''] = invocation.operands;
  const { force = false, json = false } = ownValues(RESTORE_FLAGS, invocation);
  const { coaching } = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  const folder = folderOf(invocation, io);
  const restored = await restore({ from, folder, force, clock: io.clock, coaching });
  const { sessions, createdUtc, setAside } = restored;
  print(io, json, { folder, ...restored }, () => {
    const before = setAside === null ? '' : `; what was there is now ${setAside}`;
    return `${folder}: ${counted(sessions, 'session')} as of ${timeText(Date.parse(createdUtc))}${before}`;
  });
  return 0;
};
