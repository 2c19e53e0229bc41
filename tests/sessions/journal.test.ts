import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { AppError } from '../../src/errors.ts';
import { openJournal, replaceEnd, type Journal, type JournalFile } from '../../src/sessions/journal.ts';
import { inScratch } from './scratch.ts';

const MEGABYTE = new Uint8Array(2 ** 20);

const open = (file: JournalFile): { journal: Journal; failures: AppError[] } => {
  const failures: AppError[] = [];
  return { failures, journal: openJournal({ path: 'x.mcap', onFailure: (error) => failures.push(error), openFile: () => Promise.resolve(file) }) };
};
const fine = { appendFile: () => Promise.resolve(), datasync: () => Promise.resolve(), close: () => Promise.resolve() };
const never = (): Promise<void> => new Promise(() => undefined);

describe('a journal', () => {
  it('writes in order, without waiting for the disk to sync; and syncs all of it before it closes', async () => {
    const done: string[] = [];
    let synced = (): void => undefined;
    const { journal, failures } = open({
      appendFile: async (bytes) => void done.push(`write ${String((bytes as Buffer)[0])}`),
      datasync: async () => {
        done.push('sync');
        await new Promise<void>((resolve) => (synced = resolve));
        done.push('synced');
      },
      close: async () => void done.push('close'),
    });
    for (const byte of [1, 2]) {
      journal.append(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(done).toEqual(['write 1', 'sync', 'write 2']);
    const closed = journal.close();
    for (let sync = 0; sync < 2; sync++) {
      synced();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await closed;
    expect(done).toEqual(['write 1', 'sync', 'write 2', 'synced', 'sync', 'synced', 'close']);
    expect(failures).toEqual([]);
  });

  it('does not pile up what the disk does not take, and says so once', () => {
    const appendFile = vi.fn<JournalFile['appendFile']>(never);
    const { journal, failures } = open({ ...fine, appendFile });
    for (let count = 0; count < 100; count++) journal.append(MEGABYTE);
    expect(failures.map(({ line }) => line)).toEqual(['E_FILE_WRITE: the disk does not keep up with x.mcap; use another folder']);
  });

  it('lets the program end when the disk hangs', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { journal, failures } = open({ ...fine, datasync: never });
      journal.append(MEGABYTE);
      const closed = journal.close();
      await vi.advanceTimersByTimeAsync(5000);
      await closed;
      expect(failures.map(({ message }) => message)).toEqual(['the disk does not take the end of x.mcap']);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each(['appendFile', 'datasync', 'close'] as const)('tells once when %s fails', async (what) => {
    const failing = (): Promise<never> => Promise.reject(new Error('EIO: i/o error, write'));
    const { journal, failures } = open({ ...fine, [what]: failing });
    journal.append(MEGABYTE);
    journal.append(MEGABYTE);
    await journal.close();
    await journal.close();
    expect(failures.map(({ message }) => message)).toEqual(['cannot write x.mcap: EIO: i/o error']);
  });
});

describe('the end of a closed file', () => {
  it('is gone before another is in its place: of the two nothing is ever mixed', () =>
    inScratch(async (folder) => {
      const file = path.join(folder, 'a');
      await writeFile(file, 'data, the old end');
      await replaceEnd(file, 6, Buffer.from('new end'));
      expect(await readFile(file, 'utf8')).toBe('data, new end');
    }));
});
