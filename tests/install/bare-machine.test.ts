import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { serverMessage, type SnapshotMessage } from '../../src/server/wire.ts';

/**
 * A machine with Node and npm and nothing else: the PATH holds only those and a shell, so that no compiler, Python or git can be
 * found, and the dependencies are installed anew from the lock file.
 */
const root = path.resolve(import.meta.dirname, '../..');
const machine = mkdtempSync(path.join(os.tmpdir(), 'smart-roller-bare-'));
const bin = path.join(machine, 'bin');
const home = path.join(machine, 'home');
const node = path.join(bin, 'node');
const env = { ...process.env, PATH: bin, npm_config_cache: process.env['npm_config_cache'] ?? path.join(os.homedir(), '.npm') };

const SHELLS = ['/bin/sh', '/usr/bin/env'];
const INSTALL_MS = 240_000;

beforeAll(() => {
  mkdirSync(bin);
  mkdirSync(home);
  symlinkSync(process.execPath, node);
  for (const shell of SHELLS) symlinkSync(shell, path.join(bin, path.basename(shell)));
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) copyFileSync(path.join(root, file), path.join(home, file));
  cpSync(path.join(root, 'dist'), path.join(home, 'dist'), { recursive: true });
});

afterAll(() => rmSync(machine, { recursive: true, force: true }));

it.skipIf(process.platform === 'win32')('installs without compiler and Python, and streams from the default source', { timeout: INSTALL_MS }, async () => {
  for (const tool of ['gcc', 'cc', 'g++', 'make', 'python3', 'git']) expect(spawnSync(tool, ['--version'], { env }).error, tool).toBeDefined();

  const npm = spawnSync(node, [npmCli(), 'ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: home, env, encoding: 'utf8' });
  expect(npm.status, npm.stderr).toBe(0);
  // Nothing was compiled, and noble is there all the same.
  expect(existsSync(path.join(home, 'node_modules/@abandonware/noble/build'))).toBe(false);
  expect(existsSync(path.join(home, 'node_modules/@abandonware/noble/package.json'))).toBe(true);

  const service = spawn(node, ['dist/src/cli/main.js', '--port', '0'], { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const snapshot = await firstStreamed(await addressOf(service.stdout));
    expect(snapshot).toMatchObject({ source: 'simulated', link: 'streaming' });
    expect(snapshot.ageMs).toBeLessThan(1000);
  } finally {
    service.kill('SIGKILL');
  }
});

/** npm's own program, run by node, so that no other PATH is needed. */
function npmCli(): string {
  const given = process.env['npm_execpath'];
  if (given?.endsWith('npm-cli.js')) return given;
  const beside = path.resolve(path.dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js');
  if (!existsSync(beside)) throw new Error('npm-cli.js was not found: run this test by npm');
  return beside;
}

function addressOf(stdout: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    stdout.on('data', (chunk: Buffer) => {
      const address = /http:\/\/\S+/.exec((text += chunk.toString()));
      if (address) resolve(address[0]);
    });
    stdout.once('end', () => reject(new Error(`the service ended: ${text}`)));
  });
}

/** The first snapshot that tells of samples. */
function firstStreamed(url: string): Promise<SnapshotMessage> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws').replace(/\/$/, '')}/ws`);
  return new Promise<SnapshotMessage>((resolve, reject) => {
    socket.once('error', reject);
    socket.on('message', (data: Buffer) => {
      const message = serverMessage.parse(JSON.parse(data.toString()));
      if (message.type === 'snapshot' && message.link === 'streaming' && message.tS > 0.5) resolve(message);
    });
  }).finally(() => socket.close());
}
