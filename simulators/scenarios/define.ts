import type { MuscleGroup, Side } from '../../src/guide/groups.ts';
import type { Segment } from '../body/segment.ts';
import { STANDARD_ROLLER, type RollerBuild } from '../roller/build.ts';
import { SENSORS, type SensorProfile } from '../roller/sensors.ts';
import type { DueCue, DueState, Scenario, ScriptedCommand } from './scenario.ts';

/** Typical load of each group, % of body weight: quadriceps after Baumgart et al. 2019 (10.3390/sports7010027), the others estimates. */
export const TYPICAL_PCT_BW: Readonly<Record<Exclude<MuscleGroup, 'unknown'>, number>> = {
  quadriceps: 32,
  hamstrings: 30,
  piriformis: 45,
  adductors: 15,
  lats: 25,
  rhomboids: 25,
};

export interface ScenarioPlan {
  readonly name: string;
  readonly title: string;
  readonly group: MuscleGroup;
  readonly side?: Side;
  readonly massKg?: number | null;
  readonly liveliness?: number;
  readonly roller?: Partial<RollerBuild>;
  readonly sensors?: SensorProfile;
  readonly segments: readonly Segment[];
  /** After the mass and the selection, which every scenario begins with. */
  readonly commands?: readonly { readonly tS: number; readonly command: ScriptedCommand }[];
  readonly states?: readonly DueState[];
  readonly cues?: readonly DueCue[];
}

const BODY_MASS_KG = 75;

export function define({ name, title, group, side = 'left', massKg = BODY_MASS_KG, liveliness = 1, roller, sensors = SENSORS.clean, segments, commands = [], states = [], cues = [] }: ScenarioPlan): Scenario {
  return {
    name,
    title,
    group,
    side,
    massKg,
    bodyMassKg: massKg ?? BODY_MASS_KG,
    liveliness,
    roller: { ...STANDARD_ROLLER, ...roller },
    sensors,
    slip: 0,
    link: null,
    isUnknowable: false,
    segments,
    commands: [{ tS: 0, command: { type: 'mass', massKg } }, { tS: 0, command: { type: 'select', group, side } }, ...commands],
    due: { states, cues },
  };
}

/** The same person and the same dues on another roller. */
export const variant = (scenario: Scenario, change: Partial<Pick<Scenario, 'sensors' | 'roller'>> & Pick<Scenario, 'name' | 'title'>): Scenario => ({
  ...scenario,
  ...change,
});
