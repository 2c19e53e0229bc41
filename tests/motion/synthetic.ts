import { encodeInfo, type RollerInfo } from '../../firmware-protocol/info.ts';
import { encodeStream } from '../../firmware-protocol/stream.ts';
import { createRandom } from '../../simulators/random.ts';
import { createRollerDecoder, decodeEvent } from '../../src/link/drivers/roller-v1.ts';
import type { LinkEvent } from '../../src/link/port.ts';
import type { SampleBlock } from '../../src/motion/block.ts';
import { createMotion, stepMotion, type MotionState } from '../../src/motion/motion.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { createTimebase, placeBlock, type TimebaseState } from '../../src/motion/timebase.ts';

/** A roller on a floor, written down a second time: textbook mechanics and chosen errors, in the frames of the protocol. */

export type Frame = Extract<LinkEvent, { type: 'frame' }>;
/** Rolled path, speed and acceleration in cm and s. */
export type Path = (tS: number) => readonly [xCm: number, vCmS: number, aCmS2: number];

export const constantSpeed = (vCmS: number): Path => (tS) => [vCmS * tS, vCmS, 0];

/** Back and forth over `lengthCm`, a stroke in `strokeS`, speed along a sine: a natural stroke. */
export const rocking = (lengthCm: number, strokeS: number): Path => (tS) => {
  const w = Math.PI / strokeS;
  const half = lengthCm / 2;
  return [half * (1 - Math.cos(w * tS)), half * w * Math.sin(w * tS), half * w * w * Math.cos(w * tS)];
};

/** The path held at its place until `fromS`. */
export const after = (fromS: number, path: Path): Path => (tS) => (tS < fromS ? [path(0)[0], 0, 0] : path(tS - fromS));

export interface Errors {
  readonly gyroBiasDps: readonly [number, number, number];
  readonly gyroScale: number;
  /** Per root Hz. */
  readonly gyroNoiseDps: number;
  readonly accelNoiseG: number;
  readonly accelOffsetG: readonly [number, number, number];
  /** Share by which each axis says too much. */
  readonly accelScale?: readonly [number, number, number];
}

export const CLEAN: Errors = { gyroBiasDps: [0, 0, 0], gyroScale: 0, gyroNoiseDps: 0, accelNoiseG: 0, accelOffsetG: [0, 0, 0] };
/** Worst of the MPU6050's data sheet: 20 deg/s of zero-rate offset, 3 % of scale, 50 mg of zero-g offset. */
export const MPU6050: Errors = {
  gyroBiasDps: [20, -12, 7], gyroScale: 0.03, gyroNoiseDps: 0.005, accelNoiseG: 400e-6, accelOffsetG: [0.02, 0.035, -0.035],
};

export interface Scene {
  readonly path: Path;
  readonly seconds: number;
  readonly errors?: Errors;
  readonly info?: Partial<RollerInfo>;
  /** Where the IMU really is, cm; what the info value says of it is in `info`. */
  readonly mountCm?: readonly [number, number];
  readonly tiltDeg?: number;
  readonly startRad?: number;
  /** Raw cell values at a time, with up at the given phase. */
  readonly cells?: (tS: number, phaseRad: number) => readonly number[];
  readonly samplesPerFrame?: number;
  readonly firstUs?: number;
  readonly seed?: number;
  readonly flags?: (tS: number) => { hapticActive: boolean; tareActive: boolean };
}

const G_CM_S2 = 980.665;
const DEG = Math.PI / 180;
const IN_PLANE = { x: [1, 2, 0], y: [2, 0, 1], z: [0, 1, 2], unknown: [1, 2, 0] } as const;
export const ARRIVAL_S = 1000;
const LATENCY_S = 0.015;

export const infoOf = (changes: Partial<RollerInfo> = {}): RollerInfo => ({
  tool: 'roller', texture: 'firm', axis: 'x', deviceId: '0102030405060708', radiusMm: 75, lengthMm: 330,
  imuRateMilliHz: 100_000, gyroRangeDps: 1000, accelRangeG: 4, samplesPerFrame: 2, mountFirstMm: 0, mountSecondMm: 0,
  pressureRateMilliHz: 50_000, pressureUnit: 'pascal', pressureScalePa: 10, cells: [],
  ...changes,
});

export const infoFrame = (info: RollerInfo): Frame => ({ type: 'frame', characteristic: 'info', bytes: encodeInfo(info), arrivalS: ARRIVAL_S });

/** The info value, then the stream. */
export function* framesOf(scene: Scene): Generator<Frame> {
  const info = infoOf(scene.info);
  yield infoFrame(info);
  const { path, errors = CLEAN, mountCm = [0, 0], tiltDeg = 0, startRad = 0.4, samplesPerFrame = info.samplesPerFrame, firstUs = 0 } = scene;
  const [first, second, along] = IN_PLANE[info.axis];
  const rateHz = info.imuRateMilliHz / 1000;
  const radiusCm = info.radiusMm / 10;
  const random = createRandom(scene.seed ?? 1, 'synthetic');
  const gyroSigma = errors.gyroNoiseDps * Math.sqrt(rateHz / 2);
  const accelSigma = errors.accelNoiseG * Math.sqrt(rateHz / 2);
  const every = info.pressureRateMilliHz > 0 ? Math.round(info.imuRateMilliHz / info.pressureRateMilliHz) : 0;
  const count = Math.floor(scene.seconds * rateHz);
  let sequence = 0;
  for (let at = 0; at + samplesPerFrame <= count; at += samplesPerFrame) {
    const imu = new Int16Array(samplesPerFrame * 6);
    const pressure: number[] = [];
    let readingCount = 0;
    for (let i = 0; i < samplesPerFrame; i++) {
      const tS = (at + i) / rateHz;
      const [xCm, vCmS, aCmS2] = path(tS);
      const theta = startRad + xCm / radiusCm;
      const omega = vCmS / radiusCm;
      const alpha = aCmS2 / radiusCm;
      const level = Math.cos(tiltDeg * DEG);
      const rate = [0, 0, 0];
      const force = [0, 0, 0];
      rate[along] = omega / DEG;
      force[along] = Math.sin(tiltDeg * DEG);
      force[first] = level * Math.sin(theta) + (-radiusCm * alpha * Math.cos(theta) - alpha * mountCm[1] - omega ** 2 * mountCm[0]) / G_CM_S2;
      force[second] = level * Math.cos(theta) + (radiusCm * alpha * Math.sin(theta) + alpha * mountCm[0] - omega ** 2 * mountCm[1]) / G_CM_S2;
      for (let axis = 0; axis < 3; axis++) {
        const dps = rate[axis]! * (1 + errors.gyroScale) + errors.gyroBiasDps[axis]! + gyroSigma * random.gauss();
        const g = force[axis]! * (1 + (errors.accelScale?.[axis] ?? 0)) + errors.accelOffsetG[axis]! + accelSigma * random.gauss();
        imu[i * 6 + axis] = raw(dps / info.gyroRangeDps);
        imu[i * 6 + 3 + axis] = raw(g / info.accelRangeG);
      }
      if (scene.cells && every > 0 && (at + i) % every === 0) {
        pressure.push(...scene.cells(tS, theta));
        readingCount++;
      }
    }
    const tS = at / rateHz;
    const bytes = encodeStream({
      flags: scene.flags?.(tS) ?? { hapticActive: false, tareActive: false },
      sequence: sequence++ & 0xffff,
      deviceTimeUs: (firstUs + Math.round(tS * 1e6)) % 2 ** 32,
      imuCount: samplesPerFrame, readingCount, cellCount: info.cells.length, imu, pressure: Uint16Array.from(pressure),
    });
    yield { type: 'frame', characteristic: 'stream', bytes, arrivalS: ARRIVAL_S + LATENCY_S + (at + samplesPerFrame) / rateHz };
  }
}

const raw = (share: number): number => Math.max(-32_768, Math.min(32_767, Math.round(share * 32_768)));

export interface Run {
  readonly ticks: MotionTick[];
  readonly motion: MotionState;
  readonly timebase: TimebaseState;
}

/** Frames through decoder, time base and motion, as the pipeline does. */
export function run(frames: Iterable<Frame>, prepare: (motion: MotionState) => void = () => undefined): Run {
  const decoder = createRollerDecoder();
  const timebase = createTimebase();
  const ticks: MotionTick[] = [];
  let motion: MotionState | null = null;
  for (const frame of frames) {
    const block = decodeEvent(decoder, frame);
    if (motion === null && decoder.geometry !== null) prepare((motion = createMotion(decoder.geometry)));
    const placed = block && placeBlock(timebase, block);
    if (placed && motion) ticks.push(...stepMotion(motion, placed));
  }
  if (motion === null) throw new Error('no info value');
  return { ticks, motion, timebase };
}

/** The blocks of a scene, placed in time. */
export function blocksOf(scene: Scene): SampleBlock[] {
  const decoder = createRollerDecoder();
  const timebase = createTimebase();
  return [...framesOf(scene)].flatMap((frame) => {
    const block = decodeEvent(decoder, frame);
    return structuredClone(block && placeBlock(timebase, block)) ?? [];
  });
}

/** Root mean square of speed and position errors of the ticks from `fromS` on; the position's mean is kept. */
export function errorsOf(ticks: readonly MotionTick[], path: Path, fromS: number): { speedCmS: number; positionCm: number } {
  let speed = 0;
  let position = 0;
  let count = 0;
  for (const tick of ticks) {
    if (tick.tS < fromS) continue;
    const [x] = path(tick.tS);
    speed += (tick.speedCmS - (x - path(tick.tS - 0.1)[0]) / 0.1) ** 2;
    position += (tick.positionCm - x) ** 2;
    count++;
  }
  return { speedCmS: Math.sqrt(speed / count), positionCm: Math.sqrt(position / count) };
}
