import type { CueKind, Level } from '../events.ts';
import type { Unit } from '../../guide/units.ts';
import type { Moment } from '../moment.ts';

/** A number of a rule that may be set, within its range. */
export interface Parameter {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
  readonly doc: string;
}

export type ParameterTable = Readonly<Record<string, Parameter>>;
export type ConfigOf<Table> = { readonly [Key in keyof Table]: number };

/** How one level stands at a moment. `over` starts it after the on-delay, `under` ends it after the off-delay. */
export interface LevelVerdict {
  readonly level: Level;
  /** What was judged and by what. */
  readonly value: number;
  readonly limit: number;
  readonly unit: Unit;
  readonly over: boolean;
  readonly under: boolean;
  readonly onDelayS: number;
  readonly offDelayS: number;
}

/** `hold`: nothing can be said now, clocks stand still. `release`: every level ends at once. */
export type Verdict = 'hold' | 'release' | readonly LevelVerdict[];

/** How a kind of cue is told where it is not like the others. */
export interface Manner {
  /** Told once for each activation, with no regard to the cooldown. */
  readonly once?: true;
  /** Waits for a free screen instead of being dropped, and leaves it after a while though its state goes on. */
  readonly waits?: true;
  /** Not told (any more) while this other kind is active. */
  readonly yieldsTo?: CueKind;
  /** Sounds whatever the budget. */
  readonly alwaysAudible?: true;
  /** Technique: told less often to a person who has shown that they can. Level 2 never is. */
  readonly fades?: true;
  /** News rather than a fault: it does not stand in the way of praise. */
  readonly isNews?: true;
}

/**
 * A rule looks at a moment and says how its levels stand; time (delays, hysteresis) is added by `levels.ts`, precedence
 * and pacing by `pacing.ts`. A new rule is a file here and its lines in `list.ts`.
 */
export interface Rule<Kind extends CueKind, Table extends ParameterTable> {
  readonly kind: Kind;
  readonly parameters: Table;
  /** Names of parameters of which none may be above the next one. */
  readonly ascending?: readonly (readonly string[])[];
  readonly manner?: Manner;
  /** Judges on after a safety stop, when all others have ended. */
  readonly outlivesSession?: true;
  judge(moment: Moment, config: ConfigOf<Table>): Verdict;
  /** The person does what the cue asks for, though the state may not have ended yet. */
  relieved(moment: Moment, config: ConfigOf<Table>): boolean;
}

/** Infers the types of a rule from its table of parameters. */
export const defineRule = <Kind extends CueKind, Table extends ParameterTable>(rule: Rule<Kind, Table>): Rule<Kind, Table> => rule;
