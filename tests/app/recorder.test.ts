import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startRecorder, type Recorder } from '../../src/app/recorder.ts';
import { AppError } from '../../src/errors.ts';
import type { LinkEvent } from '../../src/link/port.ts';
import type { RecordingWriter } from '../../src/sessions/writer.ts';

const writer = { write: vi.fn<RecordingWriter['write']>(), finish: vi.fn<RecordingWriter['finish']>(), abandon: vi.fn<RecordingWriter['abandon']>() };
vi.mock('../../src/sessions/writer.ts', () => ({ createRecordingWriter: () => Promise.resolve(writer) }));
vi.mock('node:fs/promises', () => ({ mkdir: () => Promise.resolve() }));

const frame: LinkEvent = { type: 'frame', characteristic: 'stream', bytes: new Uint8Array(8), arrivalS: 1 };

describe('the recorder', () => {
  const warned: string[] = [];
  const start = (): Promise<Recorder> =>
    startRecorder({
      folder: 'sessions',
      source: { kind: 'live', scenario: null, seed: null },
      software: 'test 0',
      clock: { monotonicS: () => 5, utcMs: () => Date.UTC(2026, 2, 1, 12, 30, 5) },
      log: { info: () => undefined, warn: (line) => void warned.push(line) },
    });

  beforeEach(() => {
    warned.length = 0;
    writer.write.mockReset().mockResolvedValue();
    writer.finish.mockReset().mockResolvedValue();
    writer.abandon.mockReset().mockResolvedValue();
  });

  it('names its file by the time, in UTC', async () => {
    expect((await start()).file).toMatch(/^sessions[\\/]2026-03-01T12-30-05Z-[0-9a-f]{12}\.mcap$/);
  });

  it('finishes the file when it is closed', async () => {
    const recorder = await start();
    for (let count = 0; count < 20_000; count++) {
      recorder.take(frame);
      if (count % 1000 === 0) await Promise.resolve();
    }
    await recorder.close();
    expect(writer.write).toHaveBeenCalledTimes(20_000);
    expect([writer.finish.mock.calls.length, writer.abandon.mock.calls.length]).toEqual([1, 0]);
    expect(warned).toEqual([]);
  });

  it('gives up with one warning when the disk fails, and the session goes on', async () => {
    writer.write.mockRejectedValue(new AppError('E_FILE_WRITE', 'no space left', 'make room'));
    const recorder = await start();
    recorder.take(frame);
    recorder.take(frame);
    await new Promise((resolve) => setImmediate(resolve));
    recorder.take(frame);
    expect(writer.write).toHaveBeenCalledTimes(2);
    expect(warned).toEqual([expect.stringMatching(/^recorder: E_FILE_WRITE: no space left; make room; sessions.*ends here$/)]);
    await recorder.close();
    expect([writer.finish.mock.calls.length, writer.abandon.mock.calls.length]).toEqual([0, 1]);
  });

  it('does not pile up what the disk does not take', async () => {
    writer.write.mockReturnValue(new Promise(() => undefined));
    const recorder = await start();
    for (let count = 0; count < 10_000; count++) recorder.take(frame);
    expect(writer.write).toHaveBeenCalledTimes(6000);
    expect(warned).toHaveLength(1);
  });
});
