import { createRandom } from '../random.ts';

/** A full charge lasts about eight hours of streaming (estimate). */
const SECONDS_PER_PCT = 290;
const LOW_PCT = 10;
const WARM_UP_S = 600;

export interface Vitals {
  readonly batteryPct: number;
  readonly lowBattery: boolean;
  readonly temperatureC: number;
}

/** Battery and temperature over time since power on. */
export function createVitals(seed: number): (deviceS: number) => Vitals {
  const random = createRandom(seed, 'vitals');
  const chargePct = random.between(55, 100);
  const roomC = random.between(19, 24);
  return (deviceS) => {
    const batteryPct = Math.max(0, Math.floor(chargePct - deviceS / SECONDS_PER_PCT));
    return { batteryPct, lowBattery: batteryPct < LOW_PCT, temperatureC: roomC + 4 * (1 - Math.exp(-deviceS / WARM_UP_S)) };
  };
}
