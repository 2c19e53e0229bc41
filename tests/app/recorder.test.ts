import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startRecorder, type RecorderOptions } from '../../src/app/recorder.ts';
import { inScratch } from '../sessions/scratch.ts';

const warned: string[] = [];
const options: Omit<RecorderOptions, 'folder'> = {
  source: { kind: 'live', scenario: null, seed: null },
  software: 'test 0',
  clock: { monotonicS: () => 5, utcMs: () => Date.UTC(2026, 2, 1, 12, 30, 5) },
  log: { info: () => undefined, warn: (line) => void warned.push(line) },
};

describe('the recorder of a companion', () => {
  it('keeps its file in the folder of the data', () =>
    inScratch(async (folder) => {
      const recorder = await startRecorder({ ...options, folder });
      recorder.take({ type: 'state', state: 'idle', reason: null, arrivalS: 5 });
      await recorder.close();
      expect(await readdir(folder)).toEqual([path.basename(recorder.file)]);
      expect(warned).toEqual([]);
    }));

  it('does not start where there can be no file', () =>
    inScratch(async (folder) => {
      const recorder = await startRecorder({ ...options, folder });
      await recorder.close();
      await expect(startRecorder({ ...options, folder: recorder.file })).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
      expect(warned).toEqual([expect.stringMatching(/^recorder: E_FILE_WRITE: .* ends here$/)]);
    }));
});
