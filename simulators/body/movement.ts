import type { Random } from '../random.ts';
import type { Movement } from './segment.ts';

/** Speed the person means to have, cm/s, at a place of the path and a time since the movement began. */
type MeantSpeed = (pathCm: number, tS: number) => number;

/** 1: towards greater x. A movement goes on the way the one before it went. */
export type Way = 1 | -1;

type Patterns = { readonly [K in Movement['kind']]: (movement: Extract<Movement, { kind: K }>, way: Way, random: Random) => MeantSpeed };

/** The load is off, and its loss has been noticed, before an empty roller is moved. */
const LETTING_GO_S = 0.8;

/** Nobody varies so much as to stop or to double. */
const varied = (random: Random, variation = 0): number => 1 + Math.max(-0.6, Math.min(0.6, variation * random.gauss()));

const PATTERNS: Patterns = {
  still: () => () => 0,

  strokes({ fromCm, toCm, speedCmS, variation }, way, random) {
    let sign = way;
    let speed = speedCmS * varied(random, variation);
    return (pathCm) => {
      if (sign > 0 ? pathCm >= toCm : pathCm <= fromCm) {
        sign = sign > 0 ? -1 : 1;
        speed = speedCmS * varied(random, variation);
      }
      return sign * speed;
    };
  },

  rhythm({ fromCm, toCm, strokeS, variation }, way, random) {
    let sign: Way = way > 0 ? -1 : 1;
    let startS = 0;
    let endS = 0;
    let lengthCm = 0;
    return (pathCm, tS) => {
      if (tS >= endS) {
        sign = sign > 0 ? -1 : 1;
        lengthCm = (sign > 0 ? toCm : fromCm) - pathCm;
        startS = endS;
        endS += strokeS * varied(random, variation);
      }
      const duration = endS - startS;
      return ((lengthCm * Math.PI) / (2 * duration)) * Math.sin((Math.PI * (tS - startS)) / duration);
    };
  },

  micro({ amplitudeCm, periodS }) {
    const rate = (2 * Math.PI) / periodS;
    return (_pathCm, tS) => amplitudeCm * rate * Math.sin(rate * tS);
  },

  spin: ({ speedCmS }, way) => (_pathCm, tS) => (tS < LETTING_GO_S ? 0 : way * speedCmS),
};

export const meantSpeed = (movement: Movement, way: Way, random: Random): MeantSpeed =>
  (PATTERNS[movement.kind] as Patterns['still'])(movement as Extract<Movement, { kind: 'still' }>, way, random);
