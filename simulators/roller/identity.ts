import { createRandom } from '../random.ts';

export const MANUFACTURER = 'Smart-roller companion';
export const MODEL = 'Virtual roller';
export const FIRMWARE_VERSION = '1.0.0';

export interface VirtualIdentity {
  /** Device id of the info value, 16 hex digits. */
  readonly id: string;
  /** Name in the scan response. */
  readonly name: string;
}

/** Who a virtual roller is: as many rollers as seeds. */
export function identityOf(seed: number): VirtualIdentity {
  const random = createRandom(seed, 'identity');
  const id = Array.from({ length: 16 }, () => Math.floor(random.between(0, 16)).toString(16)).join('');
  return { id, name: `Smart Roller ${id.slice(-4).toUpperCase()}` };
}
