import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../support/paths.ts';

export interface Simulation {
  readonly scenario: string;
  readonly seconds?: number;
}

/** Makes a recording as a person does, by the command. Returns where it is. */
export async function simulateTo(file: string, { scenario, seconds }: Simulation): Promise<string> {
  const length = seconds === undefined ? [] : ['--seconds', String(seconds)];
  const main = path.join(ROOT, 'dist/src/cli/main.js');
  await promisify(execFile)(process.execPath, [main, 'simulate', '--scenario', scenario, '--seed', '1', ...length, '--out', file]);
  return file;
}
