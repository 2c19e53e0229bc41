import type { FitDevInfo, FitWriter } from '@markw65/fit-file-writer';

/** What no profile has a field for; apps show developer fields by these names and units. */
const FIELDS = {
  rolling_speed: { type: 'float32', units: 'cm/s' },
  rolling_position: { type: 'float32', units: 'cm' },
  force: { type: 'float32', units: 'N' },
  muscle: { type: 'string', units: '' },
  active_time: { type: 'float32', units: 's' },
  strokes: { type: 'uint32', units: '' },
  green_share: { type: 'float32', units: '%' },
  too_fast_time: { type: 'float32', units: 's' },
  cue: { type: 'string', units: '' },
  pain_before: { type: 'uint8', units: 'NRS' },
  pain_after: { type: 'uint8', units: 'NRS' },
  source: { type: 'string', units: '' },
} as const;

export type DeveloperField = keyof typeof FIELDS;
const NUMBERS = Object.keys(FIELDS) as DeveloperField[];

/** Ours, for ever: by it an app knows whose fields these are (a random UUID). */
const APPLICATION_ID = [0x5c, 0x1f, 0xd6, 0x0e, 0x8a, 0x47, 0x4e, 0x6b, 0x9d, 0x2c, 0x71, 0xb3, 0xe4, 0x90, 0x3a, 0x55];

/** A text as FIT has it: closed by a zero. What is not ASCII becomes a question mark, because the writer writes a byte a character. */
export const fitText = (text: string): string => `${text.replaceAll(/[^\u0020-\u007e]/g, '?')}\0`;

/** Has to come before the first message that uses one. */
export function declareFields(writer: FitWriter): void {
  writer.writeMessage('developer_data_id', { developer_data_index: 0, application_id: APPLICATION_ID, application_version: 1 }, null, true);
  for (const [number, name] of NUMBERS.entries()) {
    const { type, units } = FIELDS[name];
    const what = { field_name: fitText(name), units: fitText(units), fit_base_type_id: type };
    writer.writeMessage('field_description', { developer_data_index: 0, field_definition_number: number, ...what });
  }
}

/** Those that are known: null is left out, which is how FIT says it. */
export const developerFields = (values: Partial<Record<DeveloperField, number | string | null>>): FitDevInfo[] =>
  NUMBERS.flatMap((name, number) => {
    const value = values[name] ?? null;
    return value === null ? [] : [{ field_num: number, value: typeof value === 'string' ? fitText(value) : value }];
  });
