import { MAX_FRAME_BYTES } from '../../firmware-protocol/gatt.ts';
import { streamFrameBytes } from '../../firmware-protocol/stream.ts';
import type { StreamRates } from './build.ts';

const IMU_MILLI_HZ = [25_000, 50_000, 100_000, 200_000];
/** A pressure reading with every sample, every second, every fourth, or none. */
const SAMPLES_PER_READING = [1, 2, 4];

const nearest = (wanted: number, choices: readonly number[]): number =>
  choices.reduce((best, choice) => (Math.abs(choice - wanted) < Math.abs(best - wanted) ? choice : best));

/** The rates nearest to those asked for: each frame carries whole readings and fits into a notification. */
export function grantRates(asked: StreamRates, cellCount: number): StreamRates {
  const imuRateMilliHz = nearest(asked.imuRateMilliHz, IMU_MILLI_HZ);
  const pressureRateMilliHz = nearest(asked.pressureRateMilliHz, [0, ...SAMPLES_PER_READING.map((samples) => imuRateMilliHz / samples)]);
  const samplesPerReading = pressureRateMilliHz === 0 ? 1 : imuRateMilliHz / pressureRateMilliHz;
  let samplesPerFrame = Math.max(1, Math.round(asked.samplesPerFrame / samplesPerReading)) * samplesPerReading;
  const bytes = (): number => frameBytes({ imuRateMilliHz, pressureRateMilliHz, samplesPerFrame }, cellCount);
  while (bytes() > MAX_FRAME_BYTES && samplesPerFrame > samplesPerReading) samplesPerFrame -= samplesPerReading;
  return { imuRateMilliHz, pressureRateMilliHz, samplesPerFrame };
}

/** Bytes of a frame at these rates. */
export const frameBytes = ({ imuRateMilliHz, pressureRateMilliHz, samplesPerFrame }: StreamRates, cellCount: number): number =>
  streamFrameBytes(samplesPerFrame, Math.ceil((samplesPerFrame * pressureRateMilliHz) / imuRateMilliHz), pressureRateMilliHz === 0 ? 0 : cellCount);
