import { existsSync } from 'node:fs';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { McapIndexedReader, McapWriter, type McapTypes } from '@mcap/core';
import { FileHandleReadable, FileHandleWritable } from '@mcap/nodejs';
import { describe, expect, test } from 'vitest';
import { encodeInfo } from '../../firmware-protocol/info.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import type { RecordedEvent } from '../../src/sessions/recording.ts';
import { saveRecording } from '../../src/sessions/writer.ts';
import { INFO, META, sampleEvents, streamFrame, ZSTD } from './samples.ts';
import { inScratch } from './scratch.ts';

const isLinkOrCommand = (event: { type: string }): event is RecordedEvent => !event.type.startsWith('truth');

function* failing(): Generator<RecordedEvent> {
  yield { type: 'state', state: 'streaming', reason: null, arrivalS: 0 };
  throw new Error('the source broke');
}

describe('a recording', () => {
  test('gives back what was written: events, their times, truth and metadata', () =>
    inScratch(async (folder) => {
      const path = join(folder, 'a.mcap');
      await saveRecording(path, META, sampleEvents(200));
      const recording = await readRecording(path);
      expect(recording.meta).toEqual({ ...META, roller: { id: INFO.deviceId, name: 'Roller' } });
      expect(recording.damage).toBeNull();
      const written = [...sampleEvents(200)].filter(isLinkOrCommand);
      expect(recording.events).toHaveLength(written.length);
      for (const [index, event] of recording.events.entries()) {
        const { arrivalS, ...rest } = event;
        const { arrivalS: writtenS, ...writtenRest } = written[index]!;
        expect(arrivalS).toBeCloseTo(writtenS, 9);
        expect(rest).toEqual(writtenRest);
      }
      expect(recording.truth.ticks).toHaveLength(40);
      expect(recording.truth.ticks[0]).toEqual({ tS: 0.1, speedCmS: 2.5, positionCm: 0.2, contact: true, forceN: null });
      expect(recording.truth.cues).toEqual([{ tS: 1, kind: 'too-fast', level: 1, group: 'quadriceps' }]);
    }));

  test('is the same bytes when the same events are written again', () =>
    inScratch(async (folder) => {
      const [a, b] = [join(folder, 'a.mcap'), join(folder, 'b.mcap')];
      await saveRecording(a, META, sampleEvents(100));
      await saveRecording(b, META, sampleEvents(100));
      expect(await readFile(a)).toEqual(await readFile(b));
    }));

  test.each([
    { packing: 'plain', decompressHandlers: {} },
    { packing: 'zstd', decompressHandlers: ZSTD },
  ] as const)('is a valid MCAP file to another reader, $packing: indexed, a chunk each half second, JSON with a flat schema', ({ packing, decompressHandlers }) =>
    inScratch(async (folder) => {
      const path = join(folder, 'a.mcap');
      await saveRecording(path, META, sampleEvents(500), packing);
      const handle = await open(path);
      try {
        const reader = await McapIndexedReader.Initialize({ readable: new FileHandleReadable(handle), decompressHandlers });
        const spans = reader.chunkIndexes.map((chunk) => Number(chunk.messageEndTime - chunk.messageStartTime) / 1e9);
        expect(spans.length).toBeGreaterThanOrEqual(20);
        expect(Math.max(...spans)).toBeLessThan(0.53);
        const messages: McapTypes.Message[] = [];
        for await (const message of reader.readMessages({
          topics: ['/roller/stream'],
          startTime: BigInt(META.startUtcMs + 5000) * 1_000_000n,
        }))
          messages.push(message);
        expect(messages).toHaveLength(251);
        expect(reader.statistics?.messageCount).toBe(605n);
        const schemas = [...reader.schemasById.values()].map(
          ({ data }) => JSON.parse(Buffer.from(data).toString()) as { type: string; properties: Record<string, { type: string }> },
        );
        for (const schema of schemas) expect(schema.type).toBe('object');
        expect(schemas.find(({ properties }) => 'speedCmS' in properties)?.properties).toEqual({
          tS: { type: 'number' },
          speedCmS: { type: 'number' },
          positionCm: { type: 'number' },
          contact: { type: 'boolean' },
          forceN: { type: 'number' },
        });
      } finally {
        await handle.close();
      }
    }));

  test('of another program needs its info value and its frames, no more: any layout of MCAP, any order', () =>
    inScratch(async (folder) => {
      const path = join(folder, 'other.mcap');
      const handle = await open(path, 'w');
      const writer = new McapWriter({ writable: new FileHandleWritable(handle), chunkSize: 500 });
      await writer.start({ profile: 'other', library: 'another program' });
      const channel = (topic: string): Promise<number> =>
        writer.registerChannel({ topic, schemaId: 0, messageEncoding: 'x-roller-v1', metadata: new Map() });
      const [stream, info, other] = [await channel('/roller/stream'), await channel('/roller/info'), await channel('/camera')];
      const add = (channelId: number, ms: number, data: Uint8Array): Promise<void> =>
        writer.addMessage({ channelId, sequence: 0, logTime: BigInt(1_700_000_000_000 + ms) * 1_000_000n, publishTime: 0n, data });
      for (let index = 0; index < 50; index += 2) {
        await add(stream, 20 * (index + 1), streamFrame(index + 1));
        await add(other, 20 * index, Buffer.from('?'));
        await add(stream, 20 * index, streamFrame(index));
      }
      await add(info, -5, encodeInfo(INFO));
      await writer.end();
      await handle.close();
      const { meta, events, damage } = await readRecording(path);
      expect(damage).toBeNull();
      expect(meta).toMatchObject({ source: 'live', startUtcMs: 1_699_999_999_995 });
      expect(events[0]).toMatchObject({ characteristic: 'info', arrivalS: 0 });
      expect(events.slice(1).map((event) => event.type === 'frame' && Buffer.from(event.bytes).readUInt16LE(2))).toEqual(
        Array.from({ length: 50 }, (_, index) => index),
      );
    }));

  test('of a logger whose clock knows no date begins when its metadata says; what else of that cannot be read is not known', () =>
    inScratch(async (folder) => {
      const path = join(folder, 'undated.mcap');
      const handle = await open(path, 'w');
      const writer = new McapWriter({ writable: new FileHandleWritable(handle) });
      await writer.start({ profile: '', library: 'a logger' });
      const channel = (topic: string): Promise<number> =>
        writer.registerChannel({ topic, schemaId: 0, messageEncoding: 'x-roller-v1', metadata: new Map() });
      const [stream, info] = [await channel('/roller/stream'), await channel('/roller/info')];
      await writer.addMetadata({ name: 'smart-roller', metadata: new Map([['startUtc', '2026-03-01T14:00:00+02:00'], ['seed', 'a word']]) });
      const add = (channelId: number, ms: number, data: Uint8Array): Promise<void> =>
        writer.addMessage({ channelId, sequence: 0, logTime: BigInt(ms) * 1_000_000n, publishTime: 0n, data });
      await add(info, 7000, encodeInfo(INFO));
      for (let index = 0; index < 10; index++) await add(stream, 7000 + 20 * index, streamFrame(index));
      await writer.end();
      await handle.close();
      const { meta, events, damage } = await readRecording(path);
      expect(damage).toBeNull();
      expect(meta).toMatchObject({ startUtcMs: Date.UTC(2026, 2, 1, 12), seed: null });
      expect(events.map(({ arrivalS }) => arrivalS)).toEqual([0, ...Array.from({ length: 10 }, (_, index) => index / 50)]);
    }));

  test('is refused, with why, where no info value can be understood; one that can is enough', () =>
    inScratch(async (folder) => {
      const path = join(folder, 'newer.mcap');
      const newer = encodeInfo(INFO);
      newer[0] = 2;
      const infos = (...values: Uint8Array[]) =>
        [...sampleEvents(10)].flatMap((event) =>
          event.type === 'frame' && event.characteristic === 'info' ? values.map((bytes) => ({ ...event, bytes })) : [event]);
      await saveRecording(path, META, infos(newer));
      await expect(readRecording(path)).rejects.toMatchObject({ code: 'E_RECORDING', message: expect.stringMatching(/info value .* cannot be read \(.*version/) });
      await saveRecording(path, META, infos(newer, encodeInfo(INFO)));
      expect((await readRecording(path)).damage).toBeNull();
    }));

  test('that fails leaves nothing behind, and not even the old file is touched', () =>
    inScratch(async (folder) => {
      const path = join(folder, 'a.mcap');
      await writeFile(path, 'old');
      await expect(saveRecording(path, META, failing())).rejects.toThrow('the source broke');
      expect(await readdir(folder)).toEqual(['a.mcap']);
      expect(await readFile(path, 'utf8')).toBe('old');
    }));

  test('cannot be written where there is no folder: a coded error that names the file asked for', () =>
    inScratch(async (folder) => {
      const path = join(folder, 'nowhere', 'a.mcap');
      await expect(saveRecording(path, META, sampleEvents(1))).rejects.toMatchObject({
        code: 'E_FILE_WRITE',
        message: `cannot write ${path}: ENOENT: no such file or directory`,
      });
      expect(existsSync(path)).toBe(false);
    }));
});
