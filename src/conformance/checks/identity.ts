import { passIf, skipped, unless, type Check } from '../check.ts';

/** Battery and Device Information. */

const TEXTS = ['manufacturer', 'model', 'firmware'] as const;
const TEXT_BYTES = 64;

function objectionTo(bytes: Uint8Array): string | null {
  if (bytes.length > TEXT_BYTES) return `${bytes.length} bytes`;
  if (bytes.at(-1) === 0) return 'ends with a zero';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return null;
  } catch {
    return 'no UTF-8';
  }
}

export const IDENTITY_CHECKS: readonly Check[] = [
  {
    id: 'battery/level',
    section: 8,
    expected: 'one byte, 0 to 100, equal to batteryPct; no service where the charge is not known',
    judge: ({ evidence: { values, statusAtEnd }, statuses, statusAtEnd: atEnd }) => {
      const { battery } = values;
      const told = [...statuses, ...(atEnd === null ? [] : [atEnd])].map(({ batteryPct }) => batteryPct);
      if (told.length === 0) return skipped(statusAtEnd === null ? 'no status value' : 'no status value can be read');
      if (battery === undefined) return passIf(told.every((pct) => pct === null), told[0] === null ? 'no service, and no charge known' : `no service, but batteryPct ${told[0]}`);
      const [level = -1] = battery;
      // It may fall by one in the time that the test takes.
      const agrees = told.some((pct) => pct !== null && Math.abs(pct - level) <= 1);
      return passIf(battery.length === 1 && level <= 100 && agrees, `${level} in ${battery.length} byte(s), batteryPct ${told[0] ?? 'absent'}`);
    },
  },
  {
    id: 'device-information/texts',
    section: 8,
    expected: `UTF-8 without a terminating zero, at most ${TEXT_BYTES} bytes`,
    judge: ({ evidence: { values } }) => {
      const present = TEXTS.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]] as const]));
      if (present.length === 0) return skipped('not offered');
      const objections = present.flatMap(([name, bytes]) => {
        const objection = objectionTo(bytes);
        return objection === null ? [] : [`${name}: ${objection}`];
      });
      return unless(objections, present.map(([, bytes]) => new TextDecoder().decode(bytes)).join(', '));
    },
  },
];
