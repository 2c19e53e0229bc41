import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GROUPS, MUSCLE_GROUPS } from '../../src/guide/groups.ts';
import { idle, strokes } from '../../simulators/body/segment.ts';
import { SENSORS } from '../../simulators/roller/sensors.ts';
import { define, TYPICAL_PCT_BW } from '../../simulators/scenarios/define.ts';
import { play } from './play.ts';

const TRAINED = MUSCLE_GROUPS.filter((group) => group !== 'unknown');
/** Strokes to see; the slowest takes 38 s for one. */
const SECONDS = 45;
/** Sixty sessions are played, on a machine that may have other work. */
const PATIENCE_MS = 120_000;

it('says nothing of speed or staying to whoever rolls the whole muscle at 1 cm/s to three quarters of its limit', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TRAINED), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 4, max: 10, noNaN: true }), fc.constantFrom('clean', 'bmi270', 'mpu6050'), fc.nat(1000),
      (group, pace, radiusCm, part, seed) => {
        const { pathCm, warnCmS } = GROUPS[group];
        const speedCmS = 1 + pace * (0.75 * warnCmS - 1);
        const scenario = define({
          name: 'legal-band', title: 'Within the legal band', group, sensors: SENSORS[part], roller: { radiusCm: Math.round(radiusCm * 100) / 100 },
          segments: [idle(1), strokes(SECONDS, pathCm!, speedCmS, TYPICAL_PCT_BW[group]), idle(1)],
        });
        const { states, cues } = play(scenario, seed);
        expect([...states, ...cues].filter(({ kind }) => kind === 'too-fast' || kind === 'too-long')).toEqual([]);
      },
    ),
    { numRuns: 60, seed: 815 },
  );
}, PATIENCE_MS);
