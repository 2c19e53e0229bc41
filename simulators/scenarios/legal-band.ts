import { GROUPS, MUSCLE_GROUPS } from '../../src/guide/groups.ts';
import { idle, strokes } from '../body/segment.ts';
import { define, TYPICAL_PCT_BW } from './define.ts';
import type { Scenario } from './scenario.ts';

const PACES = [
  { pace: 'slow', speedOf: () => 1 },
  { pace: 'brisk', speedOf: (warnCmS: number) => 0.75 * warnCmS },
] as const;

/**
 * Scenario 15: between staying and hurrying there is wide room in every group. Full strokes at 1 cm/s are within 5 cm for
 * 10 s at most, half of what the hint waits for; 0.75 of the limit is under 0.92 of it. 49 s of dose are under 0.92 * 60.
 */
export const LEGAL_BAND_SCENARIOS: readonly Scenario[] = MUSCLE_GROUPS.flatMap((group) => {
  const { name, pathCm, warnCmS } = GROUPS[group];
  if (group === 'unknown' || pathCm === null) return [];
  return PACES.map(({ pace, speedOf }) =>
    define({
      name: `s15-${group}-${pace}`,
      title: `${name}: full strokes at ${speedOf(warnCmS)} cm/s`,
      group,
      segments: [idle(0.2), strokes(48, pathCm, speedOf(warnCmS), TYPICAL_PCT_BW[group]), idle(3)],
    }),
  );
});
