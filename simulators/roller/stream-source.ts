import { encodeStream, STREAM_SAMPLE } from '../../firmware-protocol/stream.ts';
import { atRest, type Body } from '../body/body.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { BANDS, type StreamRates } from './build.ts';
import { createCells } from './cells.ts';
import type { DeviceClock } from './device-clock.ts';
import type { HapticMotor } from './haptic.ts';
import { createImu } from './imu.ts';

export interface StreamSource {
  /** Device time at which the last sample of the next frame is taken. */
  nextS(): number;
  /** Takes the samples of the next frame and encodes them. */
  frame(): Uint8Array;
}

export interface SensorRig {
  /** A stream of frames from a device time on. */
  stream(startS: number, rates: StreamRates): StreamSource;
  /** Takes the cells' present offsets as zero; frames carry the flag until `untilS`. */
  tare(untilS: number): void;
}

export interface SensorRigOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  readonly body: Body;
  readonly clock: DeviceClock;
  readonly motor: HapticMotor;
  /** Scenario time at a device time. */
  readonly scenarioS: (deviceS: number) => number;
}

const VALUES = STREAM_SAMPLE.length;
const MILLI = 1000;

/** The sensors of a roller under a body. Frame counters and sample times are each stream's own; the parts' errors stay. */
export function createSensorRig({ scenario: { roller, sensors }, seed, body, clock, motor, scenarioS }: SensorRigOptions): SensorRig {
  const cells = createCells(roller, sensors, seed);
  const cellCount = BANDS.length * roller.cellsAround;
  const state = atRest();
  let tareUntilS = -Infinity;

  return {
    tare(untilS) {
      cells.tare();
      tareUntilS = untilS;
    },
    stream(startS, { imuRateMilliHz, pressureRateMilliHz, samplesPerFrame }) {
      const imu = createImu({ build: roller, sensors, seed, rateHz: imuRateMilliHz / MILLI });
      const timeOf = (sample: number): number => startS + (sample * MILLI) / imuRateMilliHz;
      const raw = new Int16Array(samplesPerFrame * VALUES);
      let sample = 0;
      let reading = 0;
      let sequence = 0;

      return {
        nextS: () => timeOf(sample + samplesPerFrame - 1),
        frame() {
          let hapticActive = false;
          for (let i = 0; i < samplesPerFrame; i++) {
            const deviceS = timeOf(sample + i);
            const tS = scenarioS(deviceS);
            body.at(tS, state);
            imu.sample(tS, state, motor.strength(deviceS), raw, i * VALUES);
            hapticActive ||= motor.disturbs(deviceS);
          }
          // Reading j belongs to sample j * imu rate / pressure rate: whole numbers, so that none is lost to rounding.
          const readingsBy = pressureRateMilliHz === 0 ? 0 : Math.ceil(((sample + samplesPerFrame) * pressureRateMilliHz) / imuRateMilliHz);
          const readingCount = readingsBy - reading;
          const pressure = new Uint16Array(readingCount * cellCount);
          for (let i = 0; i < readingCount; i++) {
            const deviceS = startS + ((reading + i) * MILLI) / pressureRateMilliHz;
            const tS = scenarioS(deviceS);
            body.at(tS, state);
            cells.read(tS, state, motor.strength(deviceS), pressure, i * cellCount);
          }
          const bytes = encodeStream({
            flags: { hapticActive, tareActive: timeOf(sample) < tareUntilS },
            sequence,
            deviceTimeUs: clock.counterUs(timeOf(sample)),
            imuCount: samplesPerFrame,
            readingCount,
            cellCount: pressureRateMilliHz === 0 ? 0 : cellCount,
            imu: raw,
            pressure,
          });
          sample += samplesPerFrame;
          reading = readingsBy;
          sequence = (sequence + 1) & 0xffff;
          return bytes;
        },
      };
    },
  };
}
