import type { MuscleGroup } from '../guide/groups.ts';
import type { Profile } from '../guide/profiles.ts';
import type { Texture, Tool } from '../guide/tools.ts';

/** What rules have to know of the roller. */
export interface RollerFacts {
  readonly tool: Tool;
  readonly texture: Texture;
  /** Its cells give kPa, not counts. */
  readonly pressureCalibrated: boolean;
}

/** A load and the limits it is judged by, all in one unit. */
export interface Load {
  readonly unit: '% BW' | 'kPa' | '% comfort';
  readonly value: number;
  readonly warn: number;
  readonly strong: number;
}

/** Everything that is known at a tick: what a rule judges, and nothing else. */
export interface Moment {
  readonly contact: boolean;
  /** Time since contact was lost, s; 0 in contact, Infinity before the first one. */
  readonly lostS: number;
  readonly group: MuscleGroup;
  readonly roller: RollerFacts;
  /** S of the rules: mean of |v| over the last 3 s of contact, cm/s; null until 2 s of it exist. */
  readonly speedCmS: number | null;
  /** By what pace is judged. */
  readonly profile: Profile;
  /** Strokes a minute by the median of the last three; null until there are three, and when the next takes long. */
  readonly strokesPerMin: number | null;
  /** Mean of |v| over the last 0.7 s, cm/s: what the screen shows. */
  readonly shownSpeedCmS: number;
  /** Dw of the rules: time on one area, s. */
  readonly dwellS: number;
  /** The person holds still on purpose. */
  readonly isPlannedHold: boolean;
  /** Active time of the present set of this group and side, s. */
  readonly setS: number;
  /** Active time of this group and side in the session, s. */
  readonly activeS: number;
  /** Rest since the last set, s; null where none is to follow, and in contact. */
  readonly restS: number | null;
  /** null: no contact, or nothing measures it. */
  readonly load: Load | null;
  /** Pain that the person reported and that has not been relieved since, 0 to 10. */
  readonly painNrs: number | null;
}
