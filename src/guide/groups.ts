/**
 * Muscle groups and what is known of each. Path lengths are estimates that calibration replaces; limits follow
 * warn = max(6, 1.5 * path / 4 s), rounded (docs/coaching.md says where the numbers come from).
 */
export const MUSCLE_GROUPS = ['piriformis', 'hamstrings', 'quadriceps', 'adductors', 'lats', 'rhomboids', 'unknown'] as const;
export type MuscleGroup = (typeof MUSCLE_GROUPS)[number];

export const SIDES = ['left', 'right', 'both'] as const;
export type Side = (typeof SIDES)[number];

export interface GroupProfile {
  /** As a person reads it. */
  readonly name: string;
  /** Expected length of the rolled path, cm; null: no coverage is told. */
  readonly pathCm: number | null;
  /** Mean speed over 3 s above which "slow down" is due, cm/s; the strong cue is due above twice it. */
  readonly warnCmS: number;
  /** Force limits, % of body weight: cue and strong cue. */
  readonly forcePctBw: readonly [warn: number, strong: number];
  /** Held rather than rolled: staying on one area is the technique, the dose limit governs. */
  readonly hold: boolean;
}

export const GROUPS: Readonly<Record<MuscleGroup, GroupProfile>> = {
  piriformis: { name: 'Piriformis', pathCm: 10, warnCmS: 6, forcePctBw: [75, 95], hold: false },
  hamstrings: { name: 'Hamstrings', pathCm: 32, warnCmS: 12, forcePctBw: [60, 80], hold: false },
  quadriceps: { name: 'Quadriceps', pathCm: 38, warnCmS: 14, forcePctBw: [60, 80], hold: false },
  adductors: { name: 'Adductors', pathCm: 22, warnCmS: 8, forcePctBw: [60, 80], hold: false },
  lats: { name: 'Lats', pathCm: 12, warnCmS: 6, forcePctBw: [60, 80], hold: true },
  rhomboids: { name: 'Rhomboids', pathCm: 20, warnCmS: 7.5, forcePctBw: [65, 85], hold: false },
  unknown: { name: 'No muscle chosen', pathCm: null, warnCmS: 12, forcePctBw: [60, 80], hold: false },
};
