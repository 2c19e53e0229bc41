import { loadConfig } from '../../config.ts';
import { ownValues, type Run } from '../command.ts';
import { diagnose, type Diagnosis } from '../doctor/checks.ts';
import { probe } from '../doctor/probes.ts';
import { DOCTOR_FLAGS } from '../flags.ts';

/**
 * Exit code 1 where something fails that everything needs, or that was asked for: Bluetooth by --source ble, a folder by --data.
 * What was not asked for warns.
 */
export const run: Run = async (invocation, io) => {
  const { json = false } = ownValues(DOCTOR_FLAGS, invocation);
  const { source, data } = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  const checks = diagnose(await probe(data), { ble: source === 'ble', data: data !== undefined });
  const ok = checks.every(({ level }) => level !== 'fail');
  io.out(json ? `${JSON.stringify({ ok, checks }, null, 2)}\n` : text(checks, source === 'ble'));
  return ok ? 0 : 1;
};

const text = (checks: readonly Diagnosis[], isBleAsked: boolean): string =>
  [
    ...checks.flatMap(({ id, level, found, todo }) => [`${level.padEnd(5)} ${id.padEnd(11)} ${found}`, ...(todo === null ? [] : [`${' '.repeat(18)}-> ${todo}`])]),
    ...(isBleAsked ? [] : ['', 'Warnings about Bluetooth matter for a real roller; --source ble makes them count.']),
    '',
  ].join('\n');
