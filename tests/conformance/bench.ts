import { createAir } from '../../simulators/radio/air.ts';
import type { RollerFirmware, RollerOutput } from '../../simulators/roller/port.ts';
import { createVirtualRoller } from '../../simulators/roller/roller.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { BENCH_SCENARIO } from '../../src/cli/bench-scenario.ts';
import { examineRoller } from '../../src/cli/commands/check-firmware.ts';
import { systemClock } from '../../src/clock.ts';
import type { Evidence } from '../../src/conformance/evidence.ts';
import { judge, type Finding } from '../../src/conformance/judge.ts';
import { openNoble } from '../../src/link/ble/noble.ts';
import { settled } from '../radio/virtual-time.ts';

/** Long enough for the status to be due once. */
const SECONDS = 11;

export const virtualRoller = (scenario: Scenario = BENCH_SCENARIO): RollerFirmware => createVirtualRoller({ scenario, seed: 1, loop: true });

/** Runs a firmware through the exchanges over the software radio, in virtual time. */
export async function evidenceOf(firmware: RollerFirmware, { mtu = 247, seconds = SECONDS }: { mtu?: number; seconds?: number } = {}): Promise<Evidence> {
  const air = createAir({ seed: 1 });
  air.peripheral(firmware, { address: 'f0:a1:00:00:00:02', mtu });
  const noble = await settled(openNoble({ hciSocket: air.central() }));
  try {
    const options = { device: null, seconds, clock: systemClock, signal: new AbortController().signal };
    return await settled(examineRoller(noble, options), 120_000);
  } finally {
    await settled(noble.close());
    air.close();
  }
}

export const broken = (evidence: Evidence): string[] => failed(judge(evidence)).map(({ id }) => id);
export const failed = (findings: readonly Finding[]): readonly Finding[] => findings.filter(({ outcome }) => outcome === 'fail');

/** What may be changed on the way between a firmware and its radio. */
export interface Plant {
  readonly name?: string;
  readonly read?: (characteristic: string, bytes: Uint8Array) => Uint8Array;
  /** `call` counts from 0. */
  readonly control?: (request: Uint8Array, call: number, obey: (mtu?: number) => Uint8Array) => Uint8Array;
  /** The outputs in place of one. */
  readonly output?: (output: RollerOutput) => readonly RollerOutput[];
  /** In place of what it does when the central is gone. */
  readonly disconnected?: () => void;
}

/** A firmware with a violation planted. */
export function planted(firmware: RollerFirmware, { name, read, control, output, disconnected }: Plant): RollerFirmware {
  let calls = 0;
  return {
    ...firmware,
    name: name ?? firmware.name,
    disconnected: disconnected ?? firmware.disconnected,
    read: (characteristic) => {
      const bytes = firmware.read(characteristic);
      return read ? read(characteristic, Uint8Array.from(bytes)) : bytes;
    },
    control: (request, mtu, nowS) => {
      const obey = (given = mtu): Uint8Array => firmware.control(request, given, nowS);
      return control ? control(request, calls++, obey) : obey();
    },
    advance: (nowS) => firmware.advance(nowS).flatMap((each) => output?.({ ...each, bytes: Uint8Array.from(each.bytes) }) ?? [each]),
  };
}
