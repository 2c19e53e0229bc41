import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveRecording } from '../../src/sessions/writer.ts';
import { META, sampleEvents } from './samples.ts';

/** Runs a test in a folder of its own, which is removed afterwards. */
export async function inScratch<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'smart-roller-test-'));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The bytes of a sample recording. */
export const sampleFile = (frames: number): Promise<Buffer> =>
  inScratch(async (folder) => {
    const path = join(folder, 'sample.mcap');
    await saveRecording(path, META, sampleEvents(frames), 'zstd');
    return readFile(path);
  });
