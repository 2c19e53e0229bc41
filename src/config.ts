import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FAULT_NAMES } from '../simulators/faults/kinds.ts';
import { FAULT_GRAMMAR } from '../simulators/faults/script.ts';
import { COACHING_PARAMETERS, completeConfig, findDisorder, type CoachingConfig } from './coaching/parameters.ts';
import type { Parameter } from './coaching/rules/rule.ts';
import { AppError, type ErrorCode } from './errors.ts';
import { MUSCLE_GROUPS, SIDES } from './guide/groups.ts';
import { didYouMean } from './nearest.ts';
import type { PipelineConfig } from './pipeline.ts';
import { choice, flag, numeric, orWord, text, whole, type Setting, type SettingTable, type ValueOf } from './setting.ts';

/** Everything that can be set, coaching thresholds aside: one table for flags, variables and the config file. */
export const SETTINGS = {
  source: choice(['simulator', 'ble', 'replay'], 'where the roller is'),
  scenario: text('NAME', 'what the simulated person does; the beginning of the name will do'),
  seed: whole({ placeholder: 'N', min: 0, max: 4_294_967_295, doc: 'the same seed gives the same simulation' }),
  sensor: choice(['roller', 'witmotion'], 'what the simulated roller has inside: its own sensor, or one that was bought'),
  faults: text('SCRIPT', `what goes wrong on the simulated radio: ${FAULT_GRAMMAR}; KIND is one of ${FAULT_NAMES.join(', ')}`),
  recording: text('FILE', 'what --source replay plays; of a folder all recordings, one after the other; --source simulator: what its roller sends'),
  rate: orWord('max', numeric({ placeholder: 'X', min: 0.25, max: 16, doc: 'how fast it plays; 1 is as it was, max as fast as possible' })),
  loop: flag('play it again and again'),
  device: text('NAME|ID', 'which Bluetooth roller (serve: or several, with commas between); else the first one heard'),
  rollers: whole({ placeholder: 'N', min: 1, max: 8, doc: 'how many rollers at once, each with a session of its own; else 1' }),
  radiusMm: numeric({ placeholder: 'R', min: 5, max: 300, unit: 'mm', doc: 'outer radius of a roller with a bought sensor inside; else 75' }),
  axis: choice(['x', 'y', 'z', 'auto'], 'axis of a bought sensor that lies along the roller; else found from the motion'),
  group: choice(MUSCLE_GROUPS, 'muscle group being rolled'),
  side: choice(SIDES, 'side of the body'),
  massKg: numeric({ placeholder: 'M', min: 25, max: 300, unit: 'kg', doc: 'body mass, for force limits' }),
  host: text('ADDRESS', 'address to listen on; 0.0.0.0 lets phones in the network in, by a token'),
  port: whole({ placeholder: 'N', min: 0, max: 65_535, doc: 'port to listen on; 0 takes a free one' }),
  data: text('DIR', 'folder of what the companion keeps'),
  open: flag('open the dashboard in the browser'),
} as const;

type Settings = { readonly [Key in keyof typeof SETTINGS]: ValueOf<(typeof SETTINGS)[Key]> };

const DEFAULTS = { source: 'simulator', seed: 1, rate: 1, host: '127.0.0.1', port: 8410, open: false, loop: false } as const satisfies Partial<Settings>;

export type Config = Pick<Settings, keyof typeof DEFAULTS> & {
  readonly [Key in Exclude<keyof Settings, keyof typeof DEFAULTS>]?: Settings[Key];
} & {
  readonly coaching: CoachingConfig;
};

type OfPerson = { readonly [Key in 'group' | 'side' | 'massKg']?: Config[Key] | undefined };

/** What is set of the person: it wins over what a recording or a scenario says. */
export const overridesOf = ({ group, side, massKg }: OfPerson): PipelineConfig['overrides'] => ({
  ...(group && { group }), ...(side && { side }), ...(massKg !== undefined && { massKg }),
});

/** The coaching thresholds as settings. */
export const COACHING_SETTINGS: SettingTable = Object.fromEntries(
  Object.entries<Parameter>(COACHING_PARAMETERS).map(([name, { min, max, unit, doc }]) => [
    name,
    numeric({ placeholder: 'N', min, max, unit, doc }),
  ]),
);

/** Every setting by its path in the config file. */
const PATHS: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ...Object.entries<Setting>(SETTINGS),
  ...Object.entries(COACHING_SETTINGS).map(([name, setting]): [string, Setting] => [`coaching.${name}`, setting]),
]);

const shapeOf = (table: SettingTable): z.ZodRawShape =>
  Object.fromEntries(Object.entries(table).map(([name, { schema }]) => [name, schema.optional()]));

/** What one of flags, variables and file says; every key may be left out, none may be made up. */
const layerSchema = z.strictObject({ ...shapeOf(SETTINGS), coaching: z.strictObject(shapeOf(COACHING_SETTINGS)).optional() });

/** `coaching.areaWarnS` -> `coaching-area-warn-s`. */
export const kebab = (path: string): string => path.replaceAll('.', '-').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
export const flagOf = (path: string): string => `--${kebab(path)}`;
export const variableOf = (path: string): string => `SMART_ROLLER_${kebab(path).replaceAll('-', '_').toUpperCase()}`;

/** The settings a command line can set, by flag name without dashes. */
export const FLAG_PATHS: ReadonlyMap<string, string> = new Map([...PATHS.keys()].map((path) => [kebab(path), path]));

export const settingAt = (path: string): Setting | undefined => PATHS.get(path);

const CONFIG_VARIABLE = 'SMART_ROLLER_CONFIG';

export interface ConfigSources {
  /** Texts by path, from the command line. */
  readonly flags: ReadonlyMap<string, string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The config file named on the command line. */
  readonly file: string | null;
}

interface Layer {
  readonly values: object;
  readonly code: Extract<ErrorCode, 'E_USAGE' | 'E_CONFIG'>;
  /** The name of a setting in this layer, for errors. */
  readonly label: (path: string) => string;
}

/**
 * A flag wins over a variable, a variable over the file, the file over the default. Throws E_USAGE or E_CONFIG, which name what
 * is wrong.
 */
export function loadConfig({ flags, env, file }: ConfigSources): Config {
  const configFile = file ?? (env[CONFIG_VARIABLE] || null);
  const layers: Layer[] = [
    ...(configFile === null
      ? []
      : [{ values: readConfigFile(configFile), code: 'E_CONFIG' as const, label: (path: string) => `${path} in ${configFile}` }]),
    { values: nested(variablesOf(env)), code: 'E_CONFIG', label: variableOf },
    { values: nested(flags), code: 'E_USAGE', label: flagOf },
  ];
  const checked = layers.map(checkedLayer);
  const given = Object.assign({}, ...checked) as Partial<Settings>;
  const coaching = Object.assign({}, ...checked.map((layer) => layer.coaching)) as Partial<CoachingConfig>;
  checkOrder(coaching);
  return {
    ...DEFAULTS,
    ...given,
    coaching: completeConfig(coaching),
  };
}

/** A hint comes before the cue, a cue before the strong one: what was set has to keep that order, whichever layer set it. */
function checkOrder(given: Partial<CoachingConfig>): void {
  const disorder = findDisorder(given);
  if (disorder === null) return;
  const [lower, higher] = disorder;
  const shown = (name: keyof CoachingConfig): string => `coaching.${name} (${given[name]})`;
  throw new AppError('E_CONFIG', `${shown(lower)} is above ${shown(higher)}`, `set ${lower} no higher than ${higher}`);
}

function readConfigFile(file: string): object {
  const fail = (message: string, hint: string, cause?: unknown): AppError =>
    new AppError('E_CONFIG', `config file ${file} ${message}`, hint, { cause });
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw fail('cannot be read', 'check its name and permissions', error);
  }
  try {
    const values: unknown = JSON.parse(content.replace(/^\uFEFF/, ''));
    if (typeof values === 'object' && values !== null && !Array.isArray(values)) return values;
  } catch (error) {
    throw fail(`is not JSON (${error instanceof Error ? error.message : String(error)})`, 'correct it there', error);
  }
  throw fail('is no JSON object', 'write {"port": 8410} or the like');
}

function variablesOf(env: ConfigSources['env']): Map<string, string> {
  const paths = new Map([...PATHS.keys()].map((path) => [variableOf(path), path]));
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith('SMART_ROLLER_') || name === CONFIG_VARIABLE || value === undefined || value === '') continue;
    const path = paths.get(name);
    if (path === undefined)
      throw new AppError('E_CONFIG', `unknown variable ${name}`, unknownHint(name, [...paths.keys(), CONFIG_VARIABLE]));
    found.set(path, value);
  }
  return found;
}

/** Texts by path -> values as they would stand in the file. */
function nested(texts: ReadonlyMap<string, string>): object {
  const values: Record<string, unknown> = {};
  const coaching: Record<string, unknown> = {};
  for (const [path, given] of texts) {
    const value = PATHS.get(path)?.fromText(given);
    if (path.startsWith('coaching.')) coaching[path.slice('coaching.'.length)] = value;
    else values[path] = value;
  }
  return Object.keys(coaching).length === 0 ? values : { ...values, coaching };
}

function checkedLayer({ values, code, label }: Layer): Partial<Settings> & { readonly coaching?: Partial<CoachingConfig> } {
  const checked = layerSchema.safeParse(values);
  if (checked.success) return checked.data as Partial<Settings>;
  const issue = checked.error.issues[0];
  const path = issue?.path.join('.') ?? '';
  const setting = PATHS.get(path);
  if (setting !== undefined) throw valueError(setting, label(path), valueAt(values, path), code);
  if (issue?.code === 'unrecognized_keys') {
    const key = [...issue.path, issue.keys[0]].join('.');
    throw new AppError(code, `unknown key ${label(key)}`, unknownHint(key, [...PATHS.keys()]));
  }
  throw new AppError(code, `${label(path)} is no object`, 'write {"areaWarnS": 25} or the like');
}

const valueAt = (values: object, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], values);

/** The error for a value that its setting does not take. */
export function valueError(setting: Setting, label: string, value: unknown, code: Layer['code']): AppError {
  const hint = setting.choices !== undefined && typeof value === 'string' ? didYouMean(value, setting.choices) : `give ${setting.expects}`;
  return new AppError(code, `${label} cannot be ${JSON.stringify(value)}`, hint);
}

const unknownHint = (name: string, names: readonly string[]): string => {
  const hint = didYouMean(name, names);
  return hint.startsWith('did') ? hint : 'smart-roller serve --help lists those there are';
};
