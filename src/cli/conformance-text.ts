import type { Outcome } from '../conformance/check.ts';
import type { Finding } from '../conformance/judge.ts';
import type { RadioSource } from './radio.ts';

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

export function countOutcomes(findings: readonly Finding[]): OutcomeCounts {
  const counts = { pass: 0, fail: 0, advice: 0, skipped: 0 };
  for (const { outcome } of findings) counts[outcome]++;
  return counts;
}

const KIND = { simulator: 'simulated', ble: 'over Bluetooth' } as const;

/** The report: a line a check, with the section of firmware-protocol/SPEC.md. */
export function conformanceText(
  source: RadioSource, { name, deviceId, mtu }: { name: string | null; deviceId: string | null; mtu: number | null }, findings: readonly Finding[],
): string {
  const { pass, fail, advice, skipped } = countOutcomes(findings);
  const lines = findings.map(({ outcome, section, id, expected, found }) =>
    `${outcome.padEnd(8)} SPEC ${String(section).padEnd(2)} ${id}: expected ${expected}; ${outcome === 'skipped' ? 'not judged' : 'found'}: ${found}`);
  return [
    `${name ?? '(no name)'}, ${deviceId ?? 'no device id'}, ${KIND[source]}, MTU ${mtu ?? 'not known'}`,
    '',
    ...lines,
    '',
    `${pass} passed, ${fail} failed, ${advice} with advice, ${skipped} skipped`,
    '',
  ].join('\n');
}
