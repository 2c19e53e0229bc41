import { once } from 'node:events';
import { startCompanion } from '../../app.ts';
import { loadConfig } from '../../config.ts';
import { AppError } from '../../errors.ts';
import { SOFTWARE } from '../../version.ts';
import type { Run } from '../command.ts';
import { scenarioNamed } from '../scenario.ts';

/** Runs until the person interrupts. */
export const run: Run = async (invocation, io) => {
  const config = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  if (config.recording !== undefined && config.source === 'ble') {
    throw new AppError(
      'E_USAGE',
      'a recording is given, but the source is ble',
      'say --source replay, or leave the recording out',
    );
  }
  if (invocation.settings.has('device') && config.source !== 'ble') {
    io.err(`smart-roller: note: --device means a Bluetooth roller, and the source is ${config.source}; add --source ble to meet it`);
  }
  const scenario = config.source === 'simulator' && config.recording === undefined ? scenarioNamed(config.scenario).name : config.scenario;
  const companion = await startCompanion(
    { ...config, scenario, software: SOFTWARE },
    { clock: io.clock, stdout: { write: io.out }, stderr: { write: (text) => io.err(text.trimEnd()) } },
  );
  if (!io.interrupted.aborted) await once(io.interrupted, 'abort');
  await companion.close();
  return 0;
};
