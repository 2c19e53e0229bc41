import { choice, flag, numeric, parsed, text } from '../setting.ts';
import { EXPORT_FORMATS, EXPORT_FORMAT_NAMES } from '../sessions/export/formats.ts';
import { AXES, FLIPS, type Flip } from '../sessions/import/orientation.ts';

/** Flags of single commands; those that are settings as well stand in config.ts. */

const required = <S extends object>(setting: S): S & { readonly required: true } => ({ ...setting, required: true });

const OUT = required(text('FILE.mcap', 'the recording to write; an existing one is replaced'));

export const SIMULATE_FLAGS = {
  seconds: numeric({ placeholder: 'T', min: 0.1, max: 86_400, unit: 's', doc: 'how long; else the scenario once through' }),
  out: OUT,
} as const;

export const EXPORT_FLAGS = {
  format: required(choice(EXPORT_FORMAT_NAMES, `what to make: ${Object.entries(EXPORT_FORMATS).map(([name, { doc }]) => `${name}, ${doc}`).join('; ')}`)),
  out: required(text('FILE', 'the file to write; an existing one is replaced')),
  raw: flag('csv: the samples alone, as import takes them'),
  derived: flag('csv: the samples with speed, position, contact and force; this is the default'),
} as const;

export const ANALYZE_FLAGS = {
  motion: flag('add the derived series, ten a second, to --json'),
  json: flag('one JSON document instead of words'),
} as const;

export const IMPORT_FLAGS = {
  radiusMm: required(numeric({ placeholder: 'R', min: 5, max: 300, unit: 'mm', doc: 'outer radius of the roller' })),
  axis: choice([...AXES, 'auto'], 'sensor axis that lies along the roller; auto finds the one it turns about'),
  zoneAreaCm2: numeric({
    placeholder: 'A',
    min: 0.01,
    max: 655,
    unit: 'cm2',
    doc: 'area of each pressure zone; else its share of 33 cm of length by 4 cm',
  }),
  flip: parsed(
    'ax,ay,...',
    `a list of ${FLIPS.join(', ')}`,
    'turn the sign of these, before anything else: mends a left-handed sensor frame',
    flipsOf,
  ),
  mountMm: parsed(
    'Y,Z',
    'two numbers of millimetres, within 2000',
    'place of the sensor off the axis along the next two sensor axes (x: y,z; y: z,x; z: x,y)',
    mountOf,
  ),
  out: OUT,
} as const;

function flipsOf(given: string): readonly Flip[] | null {
  const flips = given.split(',').map((part) => part.trim());
  return flips.every((part): part is Flip => (FLIPS as readonly string[]).includes(part)) ? flips : null;
}

const fits = (value: number | undefined): value is number => value !== undefined && Math.abs(value) <= 2000;

function mountOf(given: string): readonly [number, number] | null {
  const [first, second, ...more] = given.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  return fits(first) && fits(second) && more.length === 0 ? [first, second] : null;
}

const JSON_FLAG = flag('one JSON document instead of words');

export const SCAN_FLAGS = {
  seconds: numeric({ placeholder: 'N', min: 0.5, max: 600, unit: 's', doc: 'how long to listen; else 4' }),
  details: flag('connect to each for a moment: device id, protocol version, battery'),
  json: JSON_FLAG,
} as const;

export const CHECK_FIRMWARE_FLAGS = {
  seconds: numeric({ placeholder: 'N', min: 1, max: 600, unit: 's', doc: 'how long to stream; else 20' }),
  json: JSON_FLAG,
} as const;

/** What a scan response has room for (firmware-protocol/SPEC.md, section 2). */
const NAME_BYTES = 29;

export const ADVERTISE_FLAGS = {
  recording: text('FILE.mcap', 'play the frames of a recording in a loop, in place of a scenario'),
  name: parsed('NAME', `a name of 1 to ${NAME_BYTES} bytes`, 'how it is called on air; else as the roller that is played', (given) =>
    given.trim() !== '' && Buffer.byteLength(given) <= NAME_BYTES ? given : null),
} as const;

export const DOCTOR_FLAGS = { json: JSON_FLAG } as const;
