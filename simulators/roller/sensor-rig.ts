import { CELL_FAULTY, encodeStream, STREAM_SAMPLE } from '../../firmware-protocol/stream.ts';
import { atRest, type Body } from '../body/body.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { cellCountOf, type StreamRates } from './build.ts';
import { createCells } from './cells.ts';
import type { DeviceClock } from './device-clock.ts';
import type { HapticMotor } from './haptic.ts';
import { createImu } from './imu.ts';
import { createTare, type Tare } from './tare.ts';

export interface StreamSource {
  /** Device time at which the last sample of the next frame is taken. */
  nextS(): number;
  /** Takes the samples of the next frame and encodes them. */
  frame(): Uint8Array;
}

export interface SensorRig {
  /** A stream of frames from a device time on. */
  stream(startS: number, rates: StreamRates): StreamSource;
  readonly tare: Tare;
}

export interface SensorRigOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly body: Body;
  readonly clock: DeviceClock;
  readonly motor: HapticMotor;
  /** Scenario time at a device time. */
  readonly scenarioS: (deviceS: number) => number;
  /** How many cells are broken now, the first ones. */
  readonly brokenCells: () => number;
}

const VALUES = STREAM_SAMPLE.length;
const MILLI = 1000;

/** The sensors of a roller under a body. Frame counters and sample times are each stream's own; the parts and their errors stay. */
export function createSensorRig({ scenario: { roller, sensors }, seed, body, clock, motor, scenarioS, brokenCells }: SensorRigOptions): SensorRig {
  const imu = createImu(roller, sensors, seed);
  const cells = createCells(roller, sensors, seed);
  const tare = createTare({ build: roller, seed, body, scenarioS, apply: cells.tare });
  const cellCount = cellCountOf(roller);
  const state = atRest();

  return {
    tare,
    stream(startS, { imuRateMilliHz, pressureRateMilliHz, samplesPerFrame }) {
      imu.setRate(imuRateMilliHz / MILLI);
      const sampleS = (sample: number): number => startS + (sample * MILLI) / imuRateMilliHz;
      const readingS = (reading: number): number => startS + (reading * MILLI) / pressureRateMilliHz;
      // Reading j belongs to sample j * IMU rate / pressure rate: counted in whole numbers, so that none is lost to rounding.
      const readingsBefore = (sample: number): number => Math.ceil((sample * pressureRateMilliHz) / imuRateMilliHz);
      const raw = new Int16Array(samplesPerFrame * VALUES);
      let sample = 0;
      let sequence = 0;

      return {
        nextS: () => sampleS(sample + samplesPerFrame - 1),
        frame() {
          const firstS = sampleS(sample);
          tare.settle(firstS);
          const flags = { hapticActive: false, tareActive: false };
          for (let i = 0; i < samplesPerFrame; i++) {
            const deviceS = sampleS(sample + i);
            const tS = scenarioS(deviceS);
            body.at(tS, state);
            imu.sample(tS, state, motor.strength(deviceS), raw, i * VALUES);
            flags.hapticActive ||= motor.disturbs(deviceS);
            flags.tareActive ||= tare.measuring(deviceS);
          }
          const firstReading = readingsBefore(sample);
          const readingCount = readingsBefore(sample + samplesPerFrame) - firstReading;
          const pressure = new Uint16Array(readingCount * cellCount);
          for (let i = 0; i < readingCount; i++) {
            const deviceS = readingS(firstReading + i);
            const tS = scenarioS(deviceS);
            body.at(tS, state);
            cells.read(tS, state, motor.strength(deviceS), pressure, i * cellCount);
            pressure.fill(CELL_FAULTY, i * cellCount, i * cellCount + brokenCells());
          }
          const deviceTimeUs = clock.counterUs(firstS);
          const bytes = encodeStream({ flags, sequence, deviceTimeUs, imuCount: samplesPerFrame, readingCount, cellCount, imu: raw, pressure });
          sample += samplesPerFrame;
          sequence = (sequence + 1) & 0xffff;
          return bytes;
        },
      };
    },
  };
}
