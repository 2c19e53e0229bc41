import { MAX_FRAME_BYTES } from '../../firmware-protocol/gatt.ts';
import { streamFrameBytes } from '../../firmware-protocol/stream.ts';
import type { StreamRates } from './build.ts';

const IMU_MILLI_HZ = [25_000, 50_000, 100_000, 200_000];
/** A pressure reading with every sample, every second, every fourth, or none. */
const SAMPLES_PER_READING = [1, 2, 4];
const MOST_SAMPLES = 16;

const nearest = (wanted: number, choices: readonly number[]): number =>
  choices.reduce((best, choice) => (Math.abs(choice - wanted) < Math.abs(best - wanted) ? choice : best));

/** The rates nearest to those asked for of which frames can be made: whole readings a frame, or whole frames a reading. */
export function grantRates(asked: StreamRates, cellCount: number): StreamRates {
  const imuRateMilliHz = nearest(asked.imuRateMilliHz, IMU_MILLI_HZ);
  const pressureRateMilliHz = nearest(asked.pressureRateMilliHz, [0, ...SAMPLES_PER_READING.map((samples) => imuRateMilliHz / samples)]);
  const samplesPerReading = pressureRateMilliHz === 0 ? 1 : imuRateMilliHz / pressureRateMilliHz;
  const fits = (samplesPerFrame: number): boolean =>
    (samplesPerFrame % samplesPerReading === 0 || samplesPerReading % samplesPerFrame === 0) &&
    frameBytes({ imuRateMilliHz, pressureRateMilliHz, samplesPerFrame }, cellCount) <= MAX_FRAME_BYTES;
  const choices = Array.from({ length: MOST_SAMPLES }, (_, i) => i + 1).filter(fits);
  return { imuRateMilliHz, pressureRateMilliHz, samplesPerFrame: nearest(asked.samplesPerFrame, choices) };
}

/** Bytes of the longest frame at these rates. */
export const frameBytes = ({ imuRateMilliHz, pressureRateMilliHz, samplesPerFrame }: StreamRates, cellCount: number): number =>
  streamFrameBytes(samplesPerFrame, Math.ceil((samplesPerFrame * pressureRateMilliHz) / imuRateMilliHz), cellCount);
