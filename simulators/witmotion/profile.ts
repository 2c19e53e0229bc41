import type { GattProfile } from '../radio/profile.ts';

/** The maker's own base: it ends in 9a34fb where Bluetooth's ends in 9b34fb. */
const own = (short: string): string => `0000${short}00001000800000805f9a34fb`;

export const WITMOTION_PROFILE: GattProfile = {
  services: { witmotion: own('ffe5') },
  characteristics: {
    sensor: { uuid: own('ffe4'), service: 'witmotion', properties: ['notify'] },
    settings: { uuid: own('ffe9'), service: 'witmotion', properties: ['write', 'writeWithoutResponse'] },
  },
  advertised: own('ffe5'),
};
