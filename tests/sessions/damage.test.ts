import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { parseRecording, readRecording } from '../../src/sessions/reader.ts';
import type { Recording } from '../../src/sessions/recording.ts';
import { sampleFile } from './scratch.ts';

const frames = ({ events }: Recording): number =>
  events.filter((event) => event.type === 'frame' && event.characteristic === 'stream').length;

/** Parses bytes that may be anything: a recording, or null for a coded refusal. Whatever else is thrown fails the test. */
function attempt(bytes: Uint8Array): Recording | null {
  try {
    return parseRecording(bytes, 'fuzzed.mcap');
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

const CHUNK = 0x06;

/** Frames in the chunks that end before the cut, 25 in each but the last. */
function framesBefore(bytes: Buffer, cut: number): number {
  let chunks = 0;
  for (let at = 8; at + 9 <= cut;) {
    const end = at + 9 + Number(bytes.readBigUInt64LE(at + 1));
    if (bytes[at] === CHUNK && end <= cut) chunks++;
    at = end;
  }
  return Math.min(250, Math.max(0, 25 * chunks - 1)); // the first begins with the connecting, 30 ms before the first frame
}

describe('a damaged recording', () => {
  let whole: Buffer;
  beforeAll(async () => {
    whole = await sampleFile(250);
  });

  test('cut anywhere keeps all whole chunks, says so, and never loses more than a chunk before the cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (cut) => {
        const recording = attempt(whole.subarray(0, cut));
        const read = recording === null ? 0 : frames(recording);
        expect(recording?.damage).not.toBeNull();
        expect(read).toBe(framesBefore(whole, cut));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('with a flipped bit in a chunk loses that chunk and no other', () => {
    const flipped = Buffer.from(whole);
    const at = Math.floor(whole.length / 2);
    flipped.writeUInt8(flipped.readUInt8(at) ^ 0x10, at);
    const recording = parseRecording(flipped, 'flipped.mcap');
    expect(recording.damage).toMatch(/a chunk (has the wrong CRC|cannot be decompressed).*messages are lost/);
    expect(frames(recording)).toBeGreaterThanOrEqual(250 - 26);
    expect(frames(recording)).toBeLessThan(250);
  });

  test('with any bytes changed is read or refused, and never silently shortened', () => {
    const edits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(edits, (changes) => {
        const changed = Buffer.from(whole);
        for (const [at, byte] of changes) changed.writeUInt8(byte, at);
        const recording = attempt(changed);
        expect(recording === null || recording.damage !== null || frames(recording) === 250).toBe(true);
      }),
      { seed: 2, numRuns: 400 },
    );
  });

  test('a chunk that claims to be huge, or is packed in a way that we do not read, is told', () => {
    const second = whole.indexOf('zstd', whole.indexOf('zstd') + 1);
    const chunkAt = second - 4 - 28 - 9;
    expect(whole[chunkAt]).toBe(CHUNK);
    const huge = Buffer.from(whole);
    huge.writeBigUInt64LE(2n ** 40n, chunkAt + 9 + 16);
    expect(parseRecording(huge, 'x').damage).toMatch(/a chunk cannot be decompressed.*messages are lost/);
    const lz4 = Buffer.from(whole.toString('latin1').replaceAll('zstd', 'lz4 '), 'latin1');
    const hint = expect.stringContaining('mcap decompress') as string;
    expect(() => parseRecording(lz4, 'x')).toThrow(expect.objectContaining({ code: 'E_RECORDING', hint }));
  });

  test('any bytes at all, with or without the magic of MCAP, are read or refused', () => {
    const magic = whole.subarray(0, 8);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, withMagic) => {
        expect(attempt(withMagic ? Buffer.concat([magic, bytes]) : bytes)).toBeNull();
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test('an empty file and a text file are refused in one line', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('t_s,gyro_x_dps\n0,1\n')]) {
      expect(() => parseRecording(bytes, 'x.mcap')).toThrow(expect.objectContaining({ code: 'E_NOT_A_RECORDING' }));
    }
  });

  test('a recording cut before its first chunk ends has nothing to play', () => {
    expect(() => parseRecording(whole.subarray(0, 4000), 'x.mcap')).toThrow(expect.objectContaining({ code: 'E_RECORDING' }));
  });

  test('a missing file is told as such', async () => {
    await expect(readRecording('/nowhere/x.mcap')).rejects.toMatchObject({ code: 'E_FILE_READ' });
  });
});

describe('MCAP files of other programs', () => {
  const folder = new URL('../../../shared/real-data/rosbag2-mcap/', import.meta.url);
  const present = existsSync(folder);
  if (!present) console.warn('skipped: no real-data (rosbag2-mcap)');

  test.runIf(present).each(['talker.mcap', 'cdr_test_0.mcap'])('%s is refused as not a roller recording', (name) => {
    expect(() => parseRecording(readFileSync(new URL(name, folder)), name)).toThrow(expect.objectContaining({ code: 'E_NOT_A_RECORDING' }));
  });
});
