import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { META_NAME } from '../../src/sessions/meta.ts';
import { thisProcess } from '../../src/sessions/owner.ts';
import { parseRecording, readRecording } from '../../src/sessions/reader.ts';
import { startRecorder } from '../../src/sessions/recorder.ts';
import type { Recording } from '../../src/sessions/recording.ts';
import { recoverFolder, recoverRecording } from '../../src/sessions/recover.ts';
import { saveRecording } from '../../src/sessions/writer.ts';
import { foreignFile } from './foreign.ts';
import { META, sampleEvents } from './samples.ts';
import { inScratch, sampleFile } from './scratch.ts';

const framesOf = ({ events }: Recording): number => events.filter((event) => event.type === 'frame').length;

const attempt = (bytes: Uint8Array): Recording | null => {
  try {
    return parseRecording(bytes, 'x');
  } catch {
    return null;
  }
};

const { started } = thisProcess();
const knowsStarts = started !== '';
if (!knowsStarts) console.warn('this system does not tell when a process was started: part of the tests is skipped');

/** The same recording by a process that had our number before us. */
const ofAnotherStart = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(started, started.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))), 'latin1');

describe('a recording that was not finished', () => {
  it('is finished as far as it can be read, wherever it was cut, and says so', () =>
    inScratch(async (folder) => {
      const whole = await sampleFile(250);
      const file = join(folder, 'cut.mcap');
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (cut) => {
          const bytes = whole.subarray(0, cut);
          await writeFile(file, bytes);
          const before = attempt(bytes);
          const recovery = await recoverRecording(file);
          const after = attempt(await readFile(file));
          if (before === null) {
            expect(after).toBeNull();
            return;
          }
          expect(recovery).toMatchObject({ outcome: 'recovered', messages: before.messages });
          expect(after).toMatchObject({ damage: null, messages: before.messages, truth: before.truth });
          expect(after!.events).toEqual(before.events);
          expect(after!.meta.recovered).toContain(before.damage);
          expect(await recoverRecording(file)).toEqual({ file, outcome: 'whole' });
        }),
        { seed: 5, numRuns: 60 },
      );
      expect(await readdir(folder)).toEqual(['cut.mcap']);
    }));

  it('with a chunk that is damaged loses that chunk, and says which kind of damage it was', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'a.mcap');
      const bytes = (await sampleFile(250)).subarray(0, -100);
      const at = Math.floor(bytes.length / 2);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
      await writeFile(file, bytes);
      expect(await recoverRecording(file)).toMatchObject({ outcome: 'recovered', told: expect.stringMatching(/a chunk (has the wrong CRC|cannot be)/) as string });
      const recording = await readRecording(file);
      expect(framesOf(recording)).toBeGreaterThanOrEqual(225);
      expect(framesOf(recording)).toBeLessThan(251);
    }));

  it('keeps its messages, though what is repeated of their channels behind them is damaged', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'a.mcap');
      const bytes = (await sampleFile(250)).subarray(0, -100);
      bytes.write('X', bytes.lastIndexOf('/roller/stream') + 5);
      await writeFile(file, bytes);
      expect(await recoverRecording(file)).toMatchObject({ outcome: 'recovered' });
      expect(framesOf(await readRecording(file))).toBe(251);
    }));

  it('is left alone while the program that writes it runs, and finished when that is gone', () =>
    inScratch(async (folder) => {
      const clock = { monotonicS: () => 0, utcMs: () => META.startUtcMs };
      const recorder = startRecorder({ folder, meta: { source: 'live', software: 'test', scenario: null, seed: null }, clock, onTrouble: () => undefined });
      for (const event of sampleEvents(50)) if (event.type !== 'truth' && event.type !== 'truth-cue') recorder.take(event);
      await expect.poll(() => readRecording(recorder.file).then(framesOf, () => 0)).toBe(51);
      const live = await readFile(recorder.file);
      expect(await recoverFolder(folder)).toMatchObject([{ outcome: 'left', told: expect.stringContaining('a program that runs') as string }]);
      await recorder.close();
      expect(await recoverFolder(folder)).toEqual([]);
      expect((await readRecording(recorder.file)).damage).toBeNull();

      await writeFile(recorder.file, ofAnotherStart(live));
      expect(await recoverFolder(folder)).toMatchObject([{ outcome: knowsStarts ? 'recovered' : 'left' }]);
    }));

  it.each(['/roller/stream', '/roller/sensor'])('is known as ours by its channel %s, though its metadata is lost', (topic) =>
    inScratch(async (folder) => {
      const file = join(folder, 'a.mcap');
      const text = (await sampleFile(250)).subarray(0, -100).toString('latin1').replaceAll(META_NAME, 'x'.repeat(META_NAME.length));
      await writeFile(file, Buffer.from(text.replaceAll('/roller/stream', topic), 'latin1'));
      expect(await recoverRecording(file)).toMatchObject({ outcome: 'recovered' });
      await writeFile(file, Buffer.from(text.replaceAll('/roller/stream', '/other/stream'), 'latin1'));
      expect(await recoverRecording(file)).toMatchObject({ outcome: 'left', told: expect.stringContaining('not a roller recording') as string });
    }));

  it.each([
    ['in chunks', { chunkSize: 2000 }],
    ['in chunks longer than what is looked at of its head', { chunkSize: 100_000 }],
    ['without chunks', { useChunks: false }],
  ])('of another program, whose channels stand %s among the messages, keeps all that is whole', (_, options) =>
    inScratch(async (folder) => {
      const file = join(folder, 'other.mcap');
      const bytes = await foreignFile(sampleEvents(3000), options);
      await writeFile(file, bytes.subarray(0, 0.8 * bytes.length));
      const before = await readRecording(file);
      expect(framesOf(before)).toBeGreaterThan(1000);
      expect(await recoverRecording(file)).toMatchObject({ outcome: 'recovered', messages: before.messages });
      const after = await readRecording(file);
      expect(after).toMatchObject({ damage: null, messages: before.messages, truth: before.truth });
      expect(after.events).toEqual(before.events);
    }));

  it('is left alone where its chunks are packed as is not read here: nothing of it is thrown away', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'other.mcap');
      const packed = await foreignFile(sampleEvents(250), {
        chunkSize: 2000, compressChunk: (compressedData) => ({ compression: 'lz4', compressedData }),
      });
      const bytes = packed.subarray(0, packed.length / 2);
      await writeFile(file, bytes);
      expect(await recoverRecording(file)).toMatchObject({ outcome: 'left', told: expect.stringContaining('mcap decompress') as string });
      expect(await readFile(file)).toEqual(bytes);
    }));

  it('of which no message can be read is left as it is', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'other.mcap');
      const whole = await foreignFile(sampleEvents(250), { chunkSize: 1_000_000 });
      const bytes = whole.subarray(0, whole.length / 2);
      await writeFile(file, bytes);
      expect(await recoverRecording(file)).toMatchObject({ outcome: 'left', told: expect.stringContaining('no message') as string });
      expect(await readFile(file)).toEqual(bytes);
    }));

  it('is not made worse by what fails on the way', () =>
    inScratch(async (folder) => {
      expect(await recoverRecording(join(folder, 'none.mcap'))).toMatchObject({ outcome: 'left', told: expect.stringContaining('E_FILE_READ') as string });
      expect(await recoverFolder(join(folder, 'nowhere'))).toEqual([]);
    }));
});

describe('a folder of recordings', () => {
  it('keeps what is whole and what is not ours, byte for byte', () =>
    inScratch(async (folder) => {
      await saveRecording(join(folder, 'whole.mcap'), META, sampleEvents(20));
      await writeFile(join(folder, 'other.mcap'), 'no MCAP at all');
      await writeFile(join(folder, 'notes.txt'), 'notes');
      await writeFile(join(folder, '.old.mcap.999999999.part'), 'left by a program that was killed');
      await writeFile(join(folder, `.new.mcap.${process.pid}.part`), 'being written');
      const before = await readFile(join(folder, 'whole.mcap'));
      expect(await recoverFolder(folder)).toMatchObject([{ file: join(folder, 'other.mcap'), outcome: 'left' }]);
      expect(await readFile(join(folder, 'whole.mcap'))).toEqual(before);
      expect((await readdir(folder)).toSorted()).toEqual([`.new.mcap.${process.pid}.part`, 'notes.txt', 'other.mcap', 'whole.mcap']);
    }));

  it.skipIf(process.platform === 'win32')('is read though something in it is called like a recording and is no file', () =>
    inScratch(async (folder) => {
      await mkdir(join(folder, 'folder.mcap'));
      await symlink(join(folder, 'nowhere'), join(folder, 'dangling.mcap'));
      execFileSync('mkfifo', [join(folder, 'pipe.mcap')]);
      await writeFile(join(folder, 'kept'), (await sampleFile(50)).subarray(0, -100));
      await symlink(join(folder, 'kept'), join(folder, 'link.mcap'));
      expect(await recoverFolder(folder)).toMatchObject([{ file: join(folder, 'link.mcap'), outcome: 'recovered' }]);
    }));

  it('loses a recording in which nothing was recorded', () =>
    inScratch(async (folder) => {
      const clock = { monotonicS: () => 0, utcMs: () => META.startUtcMs };
      const recorder = startRecorder({ folder, meta: { source: 'live', software: 'test', scenario: null, seed: null }, clock, onTrouble: () => undefined });
      await recorder.close();
      const head = (await readFile(recorder.file)).subarray(0, -500);
      await writeFile(recorder.file, ofAnotherStart(head));
      expect(await recoverFolder(folder)).toMatchObject([{ outcome: knowsStarts ? 'removed' : 'left' }]);
      await writeFile(recorder.file, '');
      expect(await recoverFolder(folder)).toMatchObject([{ outcome: 'left', told: expect.stringContaining('only just') as string }]);
      await utimes(recorder.file, 1, 1);
      expect(await recoverFolder(folder)).toMatchObject([{ outcome: 'removed' }]);
      expect(await readdir(folder)).toEqual([]);
    }));
});
