import type { MuscleGroup, Side } from '../../src/guide/groups.ts';
import { createBody, type Body } from '../body/body.ts';
import { gripOf } from '../body/grip.ts';
import type { Segment } from '../body/segment.ts';
import type { LinkFaults } from '../faults/link-faults.ts';
import type { RollerBuild } from '../roller/build.ts';
import type { SensorProfile } from '../roller/sensors.ts';

/** What the person of a scenario does at the screen, or says. */
export type ScriptedCommand =
  | { readonly type: 'mass'; readonly massKg: number | null }
  | { readonly type: 'select'; readonly group: MuscleGroup; readonly side: Side }
  | { readonly type: 'pain'; readonly nrs: number }
  | { readonly type: 'confirm' };

export type DueKind = 'safety-stop' | 'over-pressure' | 'too-fast' | 'too-long' | 'dose-limit' | 'dose-goal';

interface Due {
  readonly kind: DueKind;
  /** Counted neither way: due by the definitions as they stand, but not with a limit 8 % higher, or its time depends on how cues are paced. */
  readonly grey?: true;
}

/** Activation of a rule at a level. Without `endS` it lasts to the end of the scenario, or its end is not told. */
export interface DueState extends Due {
  readonly level: 0 | 1 | 2;
  readonly startS: number;
  readonly endS?: number;
}

/** What the person is to be told, after precedence and pacing. */
export interface DueCue extends Due {
  readonly level: 1 | 2;
  readonly tS: number;
  /** The definitions leave open whether it comes at all: grey, and not in the truth that is recorded. */
  readonly open?: true;
}

/** A person rolling on a roller, with the truth of what is due, written by hand. Time 0 is the first sample of the stream. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly group: MuscleGroup;
  readonly side: Side;
  /** As the person told it; null: not told. */
  readonly massKg: number | null;
  /** What the person weighs, told or not. */
  readonly bodyMassKg: number;
  readonly liveliness: number;
  readonly roller: RollerBuild;
  readonly sensors: SensorProfile;
  /** Share of the way that slides in the worst of each slip; 0: it rolls. */
  readonly slip: number;
  /** What an offline link does to the frames; the software radio has faults of its own. */
  readonly link: LinkFaults | null;
  /** Something in it cannot be known from inside a roller: how it is felt is shown, and held against nobody. */
  readonly isUnknowable: boolean;
  readonly segments: readonly Segment[];
  readonly commands: readonly { readonly tS: number; readonly command: ScriptedCommand }[];
  readonly due: { readonly states: readonly DueState[]; readonly cues: readonly DueCue[] };
}

/** The person of a scenario on its roller. A body cannot change, so that one serves the firmware and the truth. */
export function personOf(scenario: Scenario, seed: number): Body {
  const known = people.get(scenario);
  if (known?.seed === seed) return known.body;
  const { segments, bodyMassKg, liveliness, roller, slip } = scenario;
  const body = createBody({ segments, massKg: bodyMassKg, seed, liveliness, grip: gripOf(roller, slip) });
  people.set(scenario, { seed, body });
  return body;
}

/** The latest of each scenario. */
const people = new WeakMap<Scenario, { readonly seed: number; readonly body: Body }>();

/** The group that is selected at a time. */
export function groupAt({ group, commands }: Scenario, tS: number): MuscleGroup {
  let selected = group;
  for (const { tS: atS, command } of commands) if (command.type === 'select' && atS <= tS) selected = command.group;
  return selected;
}
