import type { Mounting } from './driver.ts';

/** A sensor in a hollow roller of 15 cm, turned any way: what is taken where the person says nothing. */
export const USUAL_MOUNTING: Mounting = { radiusMm: 75, axis: 'auto' };
