import { decodeInfo } from '../../../firmware-protocol/info.ts';
import type { Clock } from '../../clock.ts';
import { loadConfig } from '../../config.ts';
import { collect, startForLeaving } from '../../conformance/collect.ts';
import type { Evidence } from '../../conformance/evidence.ts';
import { judge } from '../../conformance/judge.ts';
import { AppError } from '../../errors.ts';
import { onBench, type Bench } from '../../link/ble/bench.ts';
import type { NobleHandle } from '../../link/ble/noble.ts';
import { survey } from '../../link/ble/survey.ts';
import { createTarget } from '../../link/ble/target.ts';
import { driverOf } from '../../link/drivers/drivers.ts';
import { rollerV1 } from '../../link/drivers/roller-v1-link.ts';
import { BENCH_SCENARIO } from '../bench-scenario.ts';
import { ownValues, type Run } from '../command.ts';
import { conformanceText, countOutcomes } from '../conformance-text.ts';
import { CHECK_FIRMWARE_FLAGS } from '../flags.ts';
import { radioSource, withRadio } from '../radio.ts';
import { scenarioNamed } from '../scenario.ts';

const DEFAULT_S = 20;
/** A roller may advertise as seldom as every 1.3 s. */
const LISTEN_S = 4;

/** Exit code 0 where no demand of the protocol is broken, else 1. */
export const run: Run = async (invocation, io) => {
  const { seconds = DEFAULT_S, json = false } = ownValues(CHECK_FIRMWARE_FLAGS, invocation);
  const config = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  const source = radioSource(config);
  const { device = null, seed, sensor } = config;
  const scenario = config.scenario === undefined ? BENCH_SCENARIO : scenarioNamed(config.scenario);
  const evidence = await withRadio(source, { scenario, seed, sensor }, (noble) =>
    examineRoller(noble, { device, seconds, clock: io.clock, signal: io.interrupted }));
  const findings = judge(evidence);
  const counts = countOutcomes(findings);
  const roller = { name: evidence.name, deviceId: deviceIdOf(evidence), mtu: evidence.mtu };
  io.out(json ? `${JSON.stringify({ source, roller, ok: counts.fail === 0, counts, checks: findings }, null, 2)}\n` : conformanceText(source, roller, findings));
  return counts.fail === 0 ? 0 : 1;
};

function deviceIdOf({ values }: Evidence): string | null {
  const info = decodeInfo(values.info ?? new Uint8Array());
  return info.ok ? info.value.deviceId : null;
}

export interface ExamineOptions {
  /** As in --device; null: the loudest. */
  readonly device: string | null;
  readonly seconds: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Finds the roller that is meant and runs it through the exchanges. Rejects with E_NOT_CONNECTED where there is none, and as `onBench` does. */
export async function examineRoller(noble: NobleHandle, { device, seconds, clock, signal }: ExamineOptions): Promise<Evidence> {
  const target = createTarget(device);
  // A bought sensor has a protocol of its own, of which nothing is demanded.
  const heard = (await survey(noble, LISTEN_S, signal)).filter(({ peripheral }) => driverOf(peripheral.advertisement) === rollerV1);
  for (const { peripheral } of heard.filter((roller) => target.accepts(roller.peripheral))) {
    const visit = <T>(work: (bench: Bench) => Promise<T>): Promise<T> => onBench(noble, peripheral, { clock, signal }, work).catch(cutShort);
    const leftStreaming = await visit(async (bench) => {
      // A device id is only in the info value. Where that cannot be read, name and address have to do.
      const info = decodeInfo(device === null ? new Uint8Array() : await bench.read('info'));
      return target.confirms(peripheral, info.ok ? info.value.deviceId : '') ? await startForLeaving(bench) : null;
    });
    if (leftStreaming !== null) return await visit((bench) => collect(bench, { seconds, leftStreaming }));
  }
  const what = device === null ? 'no roller was heard' : `no roller ${device} among the ${heard.length} heard`;
  throw new AppError('E_NOT_CONNECTED', what, 'wake it, bring it closer, and see that nothing else is connected to it');
}

function cutShort(error: unknown): never {
  if (error instanceof AppError && error.code.startsWith('E_LINK')) {
    throw new AppError(error.code, `the check was cut short: ${error.message}`, 'bring the roller closer and run it again', { cause: error });
  }
  throw error;
}
