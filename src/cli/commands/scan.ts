import { loadConfig } from '../../config.ts';
import { rollerV1 } from '../../link/drivers/roller-v1-link.ts';
import { ownValues, type Run } from '../command.ts';
import { SCAN_FLAGS } from '../flags.ts';
import { radioSource, withRadio } from '../radio.ts';
import { rollersAround, type RollerAround } from '../rollers-around.ts';
import { scenarioNamed } from '../scenario.ts';

/** A roller may advertise as seldom as every 1.3 s (firmware-protocol/SPEC.md, section 2); three chances. */
const DEFAULT_S = 4;

export const run: Run = async (invocation, io) => {
  const { seconds = DEFAULT_S, details = false, json = false } = ownValues(SCAN_FLAGS, invocation);
  const config = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  const source = radioSource(config);
  const { seed, sensor } = config;
  const rollers = await withRadio(source, { scenario: scenarioNamed(config.scenario), seed, sensor }, (noble) =>
    rollersAround(noble, { seconds, details, clock: io.clock, signal: io.interrupted }));
  if (json) io.out(`${JSON.stringify({ source, seconds, rollers }, null, 2)}\n`);
  else io.out(`${[title(source, seconds, rollers.length), ...rollers.map((roller) => line(roller, details))].join('\n')}\n`);
  return 0;
};

const WHERE = { simulator: 'on the software radio (--source ble listens to Bluetooth)', ble: 'over Bluetooth' } as const;

const title = (source: keyof typeof WHERE, seconds: number, count: number): string =>
  `${count === 0 ? 'no roller' : count === 1 ? '1 roller' : `${count} rollers`} in ${seconds} s ${WHERE[source]}`;

function line({ name, address, rssiDbm, driver, measures, deviceId, protocolVersion, batteryPct, problem }: RollerAround, details: boolean): string {
  const seen = `  ${(name ?? '(no name)').padEnd(24)} ${String(rssiDbm).padStart(4)} dBm  ${(address ?? '').padEnd(17)}`;
  if (driver !== rollerV1.name) return `${seen}  ${driver}, ${measures}`;
  if (!details) return seen.trimEnd();
  if (problem !== null) return `${seen}  ${problem}`;
  return `${seen}  ${deviceId ?? ''}  version ${protocolVersion ?? '?'}  battery ${batteryPct === null ? '?' : `${batteryPct} %`}`;
}
