import { createRandom } from '../random.ts';

const WRAP_US = 2 ** 32;
/** A third of all seeds have a counter that wraps soon, as every roller's does once in 71.6 minutes. */
const WRAPS_SOON = 1 / 3;
const SOON_S = [5, 60] as const;

/** The roller's own clock: a little fast or slow, and started at any value. */
export interface DeviceClock {
  /** Device seconds since power on at so many true seconds since then. */
  deviceS(nowS: number): number;
  nowS(deviceS: number): number;
  /** The wrapping counter in a frame. */
  counterUs(deviceS: number): number;
}

export function createDeviceClock(seed: number, errorPpm: readonly [number, number]): DeviceClock {
  const random = createRandom(seed, 'device-clock');
  const drawn = random.between(-1, 1);
  const pace = 1 + (Math.sign(drawn) * (errorPpm[0] + Math.abs(drawn) * (errorPpm[1] - errorPpm[0]))) / 1e6;
  const offsetUs = Math.floor(random.next() < WRAPS_SOON ? WRAP_US - random.between(...SOON_S) * 1e6 : random.between(0, WRAP_US));
  return {
    deviceS: (nowS) => nowS * pace,
    nowS: (deviceS) => deviceS / pace,
    counterUs: (deviceS) => (offsetUs + Math.round(deviceS * 1e6)) % WRAP_US,
  };
}
