import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { KeeperOptions } from '../../src/app/kept-session.ts';
import { inScratch } from '../sessions/scratch.ts';
import { openKeeping, recordingsIn } from './keeping-stage.ts';

describe('a disk that refuses', () => {
  it('leaves the coaching alone; who watches is told at once, the log in one line, and the session is kept', () =>
    inScratch(async (folder) => {
      const openFile: KeeperOptions['openFile'] = () => Promise.resolve({
        appendFile: () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
        datasync: () => Promise.resolve(),
        close: () => Promise.resolve(),
      });
      const stage = await openKeeping(folder, { scenario: 'too-fast', openFile });
      stage.play(2);
      expect(stage.sessions.at(-1)?.recording).toBe('on');
      await expect.poll(() => stage.conductor.session().recording).toBe('failed');
      expect(stage.sessions.at(-1)?.recording).toBe('failed');
      expect(stage.troubles).toMatchObject([{ code: 'E_FILE_WRITE' }]);
      stage.play(8);
      expect(stage.cues).toMatchObject([{ kind: 'too-fast' }]);
      const [session] = await stage.kept();
      expect(session).toMatchObject({ file: null, bytes: 0, cueCount: 1 });
      expect(stage.logged.filter((line) => line.includes('recording stopped'))).toHaveLength(1);
      expect(stage.troubles).toHaveLength(1);
    }));

  it('is asked again by the next session', () =>
    inScratch(async (folder) => {
      const stage = await openKeeping(folder, { scenario: 'too-fast', script: null });
      await rm(folder, { recursive: true });
      await writeFile(folder, 'no folder');
      stage.play(2);
      await expect.poll(() => stage.conductor.session().recording).toBe('failed');
      stage.say({ type: 'stop' });
      await rm(folder);
      stage.say({ type: 'start' });
      stage.play(2);
      expect(stage.conductor.session().recording).toBe('on');
      await stage.conductor.close();
      expect(stage.troubles).toHaveLength(1);
      expect(await recordingsIn(folder)).toHaveLength(1);
    }));
});
