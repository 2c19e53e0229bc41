import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../errors.ts';
import { writeError } from './file-errors.ts';
import { syncFolder } from './writer.ts';

/** What a disk has not taken after a quarter of an hour at our rates: it will not. */
const MOST_WAITING_BYTES = 4 * 2 ** 20;
/** A disk that hangs must not keep the program from ending. */
const CLOSE_WAIT_MS = 5000;

/** A file that grows. What is appended is on the disk (not only in its cache) as soon as the disk can, in order; nobody waits for it. */
export interface Journal {
  /** Resolves when the file is there. Rejects with E_FILE_WRITE, which the listener is told, too. */
  readonly opened: Promise<void>;
  append(bytes: Uint8Array): void;
  /** Writes what is waiting and closes the file. Never rejects: what fails is told to the listener. */
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly path: string;
  /** Told once that the file ends here. */
  readonly onFailure: (error: AppError) => void;
  /** Opens a file that must not be there yet. */
  readonly openFile?: (path: string) => Promise<JournalFile>;
}

export type JournalFile = Pick<FileHandle, 'appendFile' | 'datasync' | 'close'>;

async function openNew(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  return open(path, 'wx');
}

export function openJournal({ path, onFailure, openFile = openNew }: JournalOptions): Journal {
  const opening = openFile(path);
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let unsynced = false;
  let failed = false;
  let writing: Promise<void> | null = null;
  let syncing: Promise<void> | null = null;

  const fail = (error: AppError): void => {
    if (!failed) onFailure(error);
    failed = true;
    unsynced = false;
    waiting = [];
  };

  /** Writing does not wait for syncing: what the system has outlives the program, whatever the disk is busy with. */
  async function write(): Promise<void> {
    try {
      const handle = await opening;
      while (waiting.length > 0) {
        const bytes = Buffer.concat(waiting);
        waiting = [];
        await handle.appendFile(bytes);
        waitingBytes -= bytes.length;
        unsynced = true;
        syncing ??= sync(handle);
      }
    } catch (error) {
      fail(writeError(path, error));
    }
    writing = null;
  }

  async function sync(handle: JournalFile): Promise<void> {
    try {
      while (unsynced) {
        unsynced = false;
        await handle.datasync();
      }
    } catch (error) {
      fail(writeError(path, error));
    }
    syncing = null;
  }

  async function close(): Promise<void> {
    await writing;
    await syncing;
    try {
      await (await opening).close();
    } catch (error) {
      fail(writeError(path, error));
    }
  }

  const opened = opening.then(
    () => syncFolder(path),
    (error: unknown) => {
      fail(writeError(path, error));
      throw writeError(path, error);
    },
  );
  opened.catch(() => undefined); // the listener knows

  return {
    opened,
    append(bytes) {
      if (failed || bytes.length === 0) return;
      if (waitingBytes + bytes.length > MOST_WAITING_BYTES) return fail(tooSlow(`the disk does not keep up with ${path}`));
      waiting.push(bytes);
      waitingBytes += bytes.length;
      writing ??= write();
    },
    close: () => withinTime(close(), () => fail(tooSlow(`the disk does not take the end of ${path}`))),
  };
}

/**
 * Puts bytes in the place of the end of a closed file, from an offset on. The old end goes first: a program that ends meanwhile leaves a file
 * without an end, which is finished like every other. Rejects with E_FILE_WRITE.
 */
export async function replaceEnd(path: string, from: number, bytes: Uint8Array): Promise<void> {
  try {
    const handle = await open(path, 'r+');
    try {
      await handle.truncate(from);
      for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done, bytes.length - done, from + done)).bytesWritten;
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw writeError(path, error);
  }
}

const tooSlow = (message: string): AppError => new AppError('E_FILE_WRITE', message, 'use another folder');

function withinTime(work: Promise<void>, onLate: () => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      onLate();
      resolve();
    }, CLOSE_WAIT_MS);
    void work.finally(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
