import { loadConfig } from '../../config.ts';
import { restore } from '../../sessions/library/backup.ts';
import { ownValues, type Run } from '../command.ts';
import { RESTORE_FLAGS } from '../library-flags.ts';
import { timeText } from '../session-text.ts';
import { folderOf } from '../with-library.ts';

export const run: Run = async (invocation, io) => {
  const [from = ''] = invocation.operands;
  const { force = false, json = false } = ownValues(RESTORE_FLAGS, invocation);
  const { coaching } = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  const folder = folderOf(invocation, io);
  const restored = await restore({ from, folder, force, clock: io.clock, coaching });
  const { sessions, createdUtc, setAside } = restored;
  if (json) io.out(`${JSON.stringify({ folder, ...restored }, null, 2)}\n`);
  else io.out(`${folder}: ${sessions} sessions as of ${timeText(Date.parse(createdUtc))}${setAside === null ? '' : `; what was there is now ${setAside}`}\n`);
  return 0;
};
