import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { serverMessage, type SnapshotMessage } from '../../src/server/wire.ts';
import { socketUrl, startCompanionProcess } from '../support/companion-process.ts';
import { ROOT } from '../support/paths.ts';

const ABSENT = ['gcc', 'cc', 'g++', 'make', 'python3', 'git'];
const SHELLS = ['/bin/sh', '/usr/bin/env'];

/**
 * A machine with Node and npm and nothing else: the PATH holds only those and a shell, so that no compiler, Python or git can be
 * found, and the dependencies are installed anew from the lock file.
 */
it.skipIf(process.platform === 'win32')('installs without compiler and Python, and streams from the default source', async ({ onTestFinished }) => {
  const machine = await mkdtemp(path.join(os.tmpdir(), 'smart-roller-bare-'));
  onTestFinished(() => rm(machine, { recursive: true, force: true }));
  const [bin, home] = [path.join(machine, 'bin'), path.join(machine, 'home')];
  await mkdir(bin);
  await mkdir(home);
  const node = path.join(bin, 'node');
  await symlink(process.execPath, node);
  for (const shell of SHELLS) await symlink(shell, path.join(bin, path.basename(shell)));
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) await copyFile(path.join(ROOT, file), path.join(home, file));
  await cp(path.join(ROOT, 'dist'), path.join(home, 'dist'), { recursive: true });

  const env = { ...process.env, PATH: bin, npm_config_cache: process.env['npm_config_cache'] ?? path.join(os.homedir(), '.npm') };
  for (const tool of ABSENT) expect(spawnSync(tool, ['--version'], { env }).error, tool).toBeDefined();
  await promisify(execFile)(node, [npmProgram(), 'ci', '--prefer-offline'], { cwd: home, env });
  // Nothing was compiled, and noble is there all the same.
  expect(existsSync(path.join(home, 'node_modules/@abandonware/noble/build'))).toBe(false);
  expect(existsSync(path.join(home, 'node_modules/@abandonware/noble/package.json'))).toBe(true);

  const service = await startCompanionProcess({ home, node, env });
  onTestFinished(() => service.stop());
  const snapshot = await firstStreamed(service.url);
  expect(snapshot).toMatchObject({ source: 'simulated', link: 'streaming' });
  expect(snapshot.ageMs).toBeLessThan(1000);
});

/** npm's own program, run by node, so that nothing else of the PATH is needed. */
function npmProgram(): string {
  const given = process.env['npm_execpath'];
  if (given?.endsWith('npm-cli.js')) return given;
  const beside = path.resolve(path.dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  if (!existsSync(beside)) throw new Error('npm-cli.js was not found: run this test by npm');
  return beside;
}

/** The first snapshot that tells of samples. */
function firstStreamed(url: string): Promise<SnapshotMessage> {
  const socket = new WebSocket(socketUrl(url));
  return new Promise<SnapshotMessage>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the service closed the connection')));
    socket.on('message', (data: Buffer) => {
      const message = serverMessage.parse(JSON.parse(data.toString()));
      if (message.type === 'snapshot' && message.link === 'streaming' && message.tS > 0.5) resolve(message);
    });
  }).finally(() => socket.close());
}
