import type { Grip } from './body.ts';

/** A slip comes every so often, and takes so long (estimates: skin on a smooth roller). */
const SLIP_EVERY_S = 6;
const SLIP_S = 1.5;

/**
 * How far the surface of a roller turns for a way along the muscle. Under load its radius is shorter by what the foam gives,
 * so that it turns further; in a slip it turns less. Undefined where it rolls on its nominal radius.
 */
export function gripOf({ radiusCm, giveMmPerN }: { readonly radiusCm: number; readonly giveMmPerN: number }, slip: number): Grip | undefined {
  if (giveMmPerN === 0 && slip === 0) return undefined;
  return (tS, forceN) => {
    const into = tS % SLIP_EVERY_S;
    const slips = into < SLIP_S ? (slip * (1 - Math.cos((2 * Math.PI * into) / SLIP_S))) / 2 : 0;
    return (radiusCm / (radiusCm - (giveMmPerN / 10) * forceN)) * (1 - slips);
  };
}
