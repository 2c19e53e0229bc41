import { atRest, repeated } from '../body/body.ts';
import type { RadioFirmware, RadioOutput } from '../radio/firmware.ts';
import { createDeviceClock } from '../roller/device-clock.ts';
import { createImu } from '../roller/imu.ts';
import { LOOP_REST_S } from '../roller/roller.ts';
import { personOf, type Scenario } from '../scenarios/scenario.ts';
import { encodeFrame, FRAME_BYTES, RANGES } from './frame.ts';
import { WITMOTION_PROFILE } from './profile.ts';
import { createSettings } from './settings.ts';

export interface VirtualWitMotionOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  /** As its owner has set it: what it sends at after power on. */
  readonly rateHz?: number;
  /** Begin the scenario again after its end, instead of lying still for ever. */
  readonly loop?: boolean;
  /** How long before this power-on the scenario began, s; null: it begins with the first subscription. */
  readonly begunAgoS?: number | null;
}

export const WITMOTION_NAME = 'WT901BLE67';
const FACTORY_HZ = 10;
/** Frames that fall due within this go into one notification: four at 100 Hz. */
const GATHERING_S = 0.04;
/** From the last sample of a notification to its being ready to send. */
const PROCESSING_S = 0.001;
const VALUES = 6;

/**
 * A WitMotion sensor in the hollow roller of a scenario: it feels what that roller's own sensor would, and sends it as soon as somebody
 * listens, without a time or a number.
 */
export function createVirtualWitMotion({ scenario, seed, rateHz = FACTORY_HZ, loop = false, begunAgoS = null }: VirtualWitMotionOptions): RadioFirmware {
  const once = personOf(scenario, seed);
  const body = loop ? repeated(once, LOOP_REST_S) : once;
  const clock = createDeviceClock(seed, scenario.sensors.clockPpm);
  const imu = createImu({ ...scenario.roller, tool: 'roller', ...RANGES }, scenario.sensors, seed);
  const settings = createSettings(rateHz);
  const state = atRest();
  const raw = new Int16Array(VALUES);
  let originS = begunAgoS === null ? null : -begunAgoS;
  /** Device time of the sample before the next; null: nobody listens. */
  let lastSampleS: number | null = null;
  imu.setRate(rateHz);

  const framesPerNotification = (): number => Math.max(1, Math.round(settings.rateHz * GATHERING_S));
  const dueS = (): number => (lastSampleS === null ? Infinity : clock.nowS(lastSampleS + framesPerNotification() / settings.rateHz) + PROCESSING_S);

  function notification(): Uint8Array {
    const count = framesPerNotification();
    const bytes = new Uint8Array(count * FRAME_BYTES);
    for (let frame = 0; frame < count; frame++) {
      lastSampleS! += 1 / settings.rateHz;
      const tS = lastSampleS! - originS!;
      body.at(tS, state);
      imu.sample(tS, state, 0, raw, 0);
      bytes.set(encodeFrame(raw), frame * FRAME_BYTES);
    }
    return bytes;
  }

  return {
    name: WITMOTION_NAME,
    profile: WITMOTION_PROFILE,
    read: () => new Uint8Array(0),
    control(bytes, _mtu, nowS) {
      settings.write(bytes, nowS);
      imu.setRate(settings.rateHz);
      return null;
    },
    subscribed(_characteristic, nowS) {
      const startS = clock.deviceS(nowS);
      originS ??= startS;
      lastSampleS = startS - 1 / settings.rateHz;
    },
    disconnected() {
      lastSampleS = null;
    },
    advance(nowS) {
      const outputs: RadioOutput[] = [];
      for (let due = dueS(); due <= nowS; due = dueS()) outputs.push({ characteristic: 'sensor', bytes: notification(), dueS: due });
      return outputs;
    },
    nextDueS() {
      const due = dueS();
      return due === Infinity ? null : due;
    },
    dropped: () => undefined,
  };
}
