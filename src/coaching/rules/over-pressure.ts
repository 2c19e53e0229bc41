import { GROUPS, MUSCLE_GROUPS, type MuscleGroup } from '../../guide/groups.ts';
import { SURFACES, SURFACE_NAMES, surfaceOf, type Surface } from '../../guide/tools.ts';
import type { MotionTick } from '../../motion/tick.ts';
import type { Load, RollerFacts } from '../moment.ts';
import { namesByGroup } from './group-names.ts';
import { defineRule, type ConfigOf, type LevelVerdict, type Parameter } from './rule.ts';

/** Standard gravity, m/s^2: newtons to kilograms of body weight. */
const GRAVITY = 9.81;

/** Force as part of the body's weight, %; null where one of them is not known. */
export const pctOfBodyWeight = (forceN: number | null, massKg: number | null): number | null =>
  forceN === null || massKg === null ? null : (100 * forceN) / (massKg * GRAVITY);

/** The ranges are 15 points either way. */
const forceLimit = (group: MuscleGroup, value: number, what: string): Parameter => ({
  default: value,
  min: value - 15,
  max: value + 15,
  unit: '% BW',
  doc: `${what}: ${GROUPS[group].name}`,
});

const FORCE = namesByGroup('ForcePctBw');
const STRONG_FORCE = namesByGroup('StrongForcePctBw');
const PRESSURE = Object.fromEntries(SURFACE_NAMES.map((surface) => [surface, `${surface}PressureKpa`])) as { readonly [S in Surface]: `${S}PressureKpa` };

const forceLimits = Object.fromEntries(
  MUSCLE_GROUPS.flatMap((group) => {
    const [warn, strong] = GROUPS[group].forcePctBw;
    return [
      [FORCE[group], forceLimit(group, warn, 'Force that is too much')],
      [STRONG_FORCE[group], forceLimit(group, strong, 'Force that is far too much')],
    ];
  }),
) as Record<`${MuscleGroup}${'' | 'Strong'}ForcePctBw`, Parameter>;

const pressureLimits = Object.fromEntries(
  SURFACE_NAMES.map((surface) => {
    const [value, min, max] = SURFACES[surface].pressureLimitKpa;
    const doc = `Mean pressure that is too much where the body mass is not known: ${SURFACES[surface].name}`;
    return [PRESSURE[surface], { default: value, min, max, unit: 'kPa', doc }];
  }),
) as Record<`${Surface}PressureKpa`, Parameter>;

const parameters = {
  ...forceLimits,
  ...pressureLimits,
  pressureStrongRatio: { default: 1.5, min: 1.2, max: 2, unit: '', doc: 'Far too much pressure: times the limit' },
  comfortRatio: { default: 1.3, min: 1.1, max: 1.5, unit: '', doc: 'Load that is too much where cells give counts: times the most that the person finds comfortable' },
  loadOnDelayS: { default: 2, min: 1, max: 5, unit: 's', doc: 'How long the load has to be above the limit' },
  loadStrongOnDelayS: { default: 1, min: 0.5, max: 3, unit: 's', doc: 'How long the load has to be above the strong limit' },
  loadReleaseRatio: { default: 0.9, min: 0.7, max: 0.95, unit: '', doc: 'Light enough again: below this part of the limit' },
  nrsWarn: { default: 7, min: 4, max: 7, unit: 'NRS', doc: 'Reported pain (0 to 10) that asks to ease off' },
  painEasedS: { default: 2, min: 1, max: 5, unit: 's', doc: 'Off the roller, or at a clearly lower load, for this long: the pain is taken as eased' },
} as const;

/** Load as part of the most that the person finds comfortable, %; null where one of them is not known. */
export const pctOfComfort = (relativeLoad: number | null, comfortLoad: number | null): number | null =>
  relativeLoad === null || comfortLoad === null ? null : (100 * relativeLoad) / comfortLoad;

/** Whose load it is, on what. */
interface Bearer {
  readonly roller: RollerFacts;
  readonly group: MuscleGroup;
  readonly massKg: number | null;
  /** The most that this person finds comfortable on this roller, as its cells count it; null: not calibrated. */
  readonly comfortLoad: number | null;
}

type Measured = Pick<MotionTick, 'forceN' | 'pressureKpa' | 'relativeLoad'>;

/** By what a load may be judged, and how it is measured in that. */
const MEASURES: Readonly<Record<Load['unit'], (measured: Measured, bearer: Bearer) => number | null>> = {
  '% BW': ({ forceN }, { massKg }) => pctOfBodyWeight(forceN, massKg),
  kPa: ({ pressureKpa }) => pressureKpa,
  '% comfort': ({ relativeLoad }, { comfortLoad }) => pctOfComfort(relativeLoad ?? null, comfortLoad),
};

export type LoadLimits = Omit<Load, 'value'>;

/**
 * By what load is judged, never by two: % of body weight where mass and force are known; else mean pressure; where cells give counts, so
 * that neither is known, the person's own comfortable maximum. null: by nothing.
 */
export function loadLimits({ roller, massKg, group, comfortLoad }: Bearer, config: ConfigOf<typeof parameters>): LoadLimits | null {
  if (!roller.pressureCalibrated) return comfortLoad === null ? null : multipleOf('% comfort', 100 * config.comfortRatio, config);
  if (massKg === null) return multipleOf('kPa', config[PRESSURE[surfaceOf(roller.tool, roller.texture)]], config);
  return { unit: '% BW', warn: config[FORCE[group]], strong: config[STRONG_FORCE[group]] };
}

/** A limit whose strong one is a multiple of it. */
const multipleOf = (unit: Load['unit'], warn: number, config: ConfigOf<typeof parameters>): LoadLimits =>
  ({ unit, warn, strong: config.pressureStrongRatio * warn });

/** The load in contact; null where nothing measures it. */
export function loadOf(measured: Measured, bearer: Bearer, config: ConfigOf<typeof parameters>): Load | null {
  const limits = loadLimits(bearer, config);
  if (limits === null) return null;
  const { unit, warn, strong } = limits;
  const value = MEASURES[unit](measured, bearer);
  return value === null ? null : { unit, value, warn, strong };
}

/**
 * Too much load for 2 s, far too much for 1 s; over at 90 % of the limit. Comfort comes first: pain of 7 or more asks to ease off
 * whatever the sensors say, until it has eased.
 */
export const overPressure = defineRule({
  kind: 'over-pressure',
  parameters,
  ascending: [['nrsWarn', 'nrsStop'], ...MUSCLE_GROUPS.map((group) => [FORCE[group], STRONG_FORCE[group]])],

  judge({ load, painNrs }, config) {
    const levels: LevelVerdict[] = [];
    if (load !== null) {
      const verdict = (level: 1 | 2, limit: number, onDelayS: number): LevelVerdict => ({
        level,
        value: load.value,
        limit,
        unit: load.unit,
        over: load.value > limit,
        under: load.value < config.loadReleaseRatio * limit,
        onDelayS,
        offDelayS: 0,
      });
      levels.push(verdict(1, load.warn, config.loadOnDelayS), verdict(2, load.strong, config.loadStrongOnDelayS));
    }
    if (painNrs === null || painNrs < config.nrsWarn) return levels;
    const pain = { level: 1, value: painNrs, limit: config.nrsWarn, unit: 'NRS', over: true, under: false, onDelayS: 0, offDelayS: 0 } as const;
    return [pain, ...levels.filter(({ level }) => level !== 1)];
  },

  relieved: ({ contact, load }) => !contact || (load !== null && load.value < load.warn),
});
