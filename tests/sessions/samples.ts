import zstd from '@foxglove/wasm-zstd';
import { encodeInfo, type RollerInfo } from '../../firmware-protocol/info.ts';
import { encodeStream } from '../../firmware-protocol/stream.ts';
import type { RecordedEvent, RecordingMeta, TruthEvent } from '../../src/sessions/recording.ts';

export const META: RecordingMeta = {
  sessionId: '0198c0de-0000-7000-8000-000000000001',
  startUtcMs: Date.UTC(2025, 0, 2, 3, 4, 5),
  source: 'simulated',
  software: 'smart-roller-companion test',
  scenario: 's01-test',
  seed: 7,
  importedFrom: null,
};

export const INFO: RollerInfo = {
  tool: 'roller',
  texture: 'firm',
  axis: 'x',
  deviceId: '0011223344556677',
  radiusMm: 75,
  lengthMm: 330,
  imuRateMilliHz: 100_000,
  gyroRangeDps: 500,
  accelRangeG: 4,
  samplesPerFrame: 2,
  mountFirstMm: 0,
  mountSecondMm: 0,
  pressureRateMilliHz: 0,
  pressureUnit: 'pascal',
  pressureScalePa: 1,
  cells: [],
};

/** A recording of `frames` stream frames, 20 ms apart, with info, link states, commands and truth. */
export function* sampleEvents(frames: number): Generator<RecordedEvent | TruthEvent> {
  yield { type: 'state', state: 'streaming', reason: null, arrivalS: 0 };
  yield {
    type: 'info',
    roller: {
      id: INFO.deviceId,
      name: 'Roller',
      address: null,
      rssiDbm: -50,
      manufacturer: null,
      model: null,
      firmware: '1.2',
      driver: 'roller-v1',
    },
    arrivalS: 0.001,
  };
  yield { type: 'frame', characteristic: 'info', bytes: encodeInfo(INFO), arrivalS: 0.002 };
  yield { type: 'command', command: { type: 'select', group: 'quadriceps', side: 'left' }, arrivalS: 0.002 };
  for (let index = 0; index < frames; index++) {
    yield { type: 'frame', characteristic: 'stream', bytes: streamFrame(index), arrivalS: 0.03 + index * 0.02 };
    if (index % 5 === 4) yield { type: 'truth', tS: (index + 1) / 50, speedCmS: 2.5, positionCm: index / 20, contact: true, forceN: null };
    if (index === 49) yield { type: 'truth-cue', tS: 1, kind: 'too-fast', level: 1, group: 'quadriceps' };
  }
}

export const streamFrame = (sequence: number): Uint8Array =>
  encodeStream({
    flags: { hapticActive: false, tareActive: false },
    sequence: sequence % 65_536,
    deviceTimeUs: (sequence * 20_000) % 2 ** 32,
    imuCount: 2,
    readingCount: 0,
    cellCount: 0,
    imu: Int16Array.from({ length: 12 }, (_, index) => sequence + index),
    pressure: new Uint16Array(0),
  });

/** How another reader of MCAP unpacks our chunks. */
export const ZSTD = { zstd: (packed: Uint8Array, size: bigint): Uint8Array => zstd.decompress(packed, Number(size)) };
