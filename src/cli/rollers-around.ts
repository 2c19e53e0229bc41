import { PROTOCOL_VERSION } from '../../firmware-protocol/gatt.ts';
import { decodeInfo } from '../../firmware-protocol/info.ts';
import { decodeStatus } from '../../firmware-protocol/status.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { onBench, type Bench } from '../link/ble/bench.ts';
import type { NobleHandle } from '../link/ble/noble.ts';
import { survey } from '../link/ble/survey.ts';
import type { Driver } from '../link/drivers/driver.ts';
import { driverOf } from '../link/drivers/drivers.ts';
import { rollerV1 } from '../link/drivers/roller-v1-link.ts';

/** A roller in reach. What is only in its values is null until it has been asked. */
export interface RollerAround {
  readonly name: string | null;
  readonly address: string | null;
  readonly rssiDbm: number;
  /** Who would read it, and what it measures. */
  readonly driver: string;
  readonly measures: Driver['measures'];
  readonly deviceId: string | null;
  readonly protocolVersion: number | null;
  readonly batteryPct: number | null;
  /** Why it could not be asked, or what is wrong with its answers. */
  readonly problem: string | null;
}

type Details = Pick<RollerAround, 'deviceId' | 'protocolVersion' | 'batteryPct' | 'problem'>;
const NOTHING: Details = { deviceId: null, protocolVersion: null, batteryPct: null, problem: null };

export interface LookOptions {
  readonly seconds: number;
  /** Connect to each that speaks our own protocol for a moment and ask; another sensor has nothing of it to tell. */
  readonly details: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The rollers in reach, the loudest first. Rejects with the reason of the signal. */
export async function rollersAround(noble: NobleHandle, { seconds, details, clock, signal }: LookOptions): Promise<readonly RollerAround[]> {
  const rollers: RollerAround[] = [];
  for (const { peripheral, name, address, rssiDbm } of await survey(noble, seconds, signal)) {
    const { name: driver, measures } = driverOf(peripheral.advertisement) ?? rollerV1;
    const asks = details && driver === rollerV1.name;
    const known = asks ? await onBench(noble, peripheral, { clock, signal }, ask).catch(problemOf) : NOTHING;
    signal.throwIfAborted();
    rollers.push({ name, address, rssiDbm, driver, measures, ...known });
  }
  return rollers;
}

async function ask(bench: Bench): Promise<Details> {
  const bytes = await bench.read('info');
  const info = decodeInfo(bytes);
  const protocolVersion = bytes[0] ?? null;
  if (!info.ok) return { ...NOTHING, protocolVersion, problem: protocolVersion === PROTOCOL_VERSION ? info.fault.detail : 'speaks another version of the protocol' };
  const status = decodeStatus(await bench.read('status'));
  return { deviceId: info.value.deviceId, protocolVersion, batteryPct: status.ok ? status.value.batteryPct : null, problem: null };
}

/** A roller that does not answer is told of with the others; a fault of the program is not. */
function problemOf(error: unknown): Details {
  if (!(error instanceof AppError)) throw error;
  return { ...NOTHING, problem: error.message };
}
