import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnose, type Facts } from '../../src/cli/doctor/checks.ts';
import { cli } from './run-cli.ts';

const HEALTHY: Facts = {
  nodeVersion: 'v20.19.0',
  platform: 'linux',
  arch: 'x64',
  simulatorProblem: null,
  nativeProblem: null,
  adapters: ['hci0'],
  killSwitches: [{ name: 'hci0', soft: false, hard: false }],
  rawAccess: true,
  rawAccessHint: 'sudo setcap cap_net_raw+eip /usr/bin/node',
  bluetoothProblem: null,
  libraryProblem: null,
  folder: { path: '/data', isAsked: true, problem: null, freeBytes: 5e9 },
};
const EVERYTHING = { ble: true, data: true };
const NOTHING = { ble: false, data: false };

describe('the checks', () => {
  test('find nothing where all is well', () => {
    expect(diagnose(HEALTHY, EVERYTHING).filter(({ level, todo }) => level !== 'ok' || todo !== null)).toEqual([]);
  });

  const folder = HEALTHY.folder;
  test.each<[string, Partial<Facts>, string]>([
    ['node', { nodeVersion: 'v20.18.3' }, 'Node 20.19'],
    ['node', { nodeVersion: 'v18.99.0' }, 'Node 20.19'],
    ['node', { nodeVersion: 'v21.7.0' }, 'Node 20.19'],
    ['node', { nodeVersion: 'v22.11.0' }, '22.12'],
    ['node', { nodeVersion: 'v23.11.0' }, '24 or newer'],
    ['simulator', { simulatorProblem: 'no such module' }, 'npm ci'],
    ['disk', { folder: { ...folder, problem: 'EACCES' } }, '--data DIR'],
    ['disk', { folder: { ...folder, freeBytes: 1e6 } }, 'make room'],
    ['library', { libraryProblem: { message: 'no SQLite', hint: 'npm ci' } }, 'npm ci'],
    ['platform', { platform: 'aix' }, 'the simulator'],
    ['driver', { nativeProblem: 'wrong ELF class' }, 'npm rebuild @abandonware/noble'],
    ['adapter', { adapters: [] }, 'plug a Bluetooth adapter in'],
    ['rfkill', { killSwitches: [{ name: 'hci0', soft: true, hard: false }] }, 'rfkill unblock bluetooth'],
    ['rfkill', { killSwitches: [{ name: 'hci0', soft: true, hard: true }] }, 'wireless switch'],
    ['permission', { rawAccess: false }, 'setcap cap_net_raw+eip /usr/bin/node'],
    ['bluetooth', { bluetoothProblem: { message: 'off', hint: 'turn it on' } }, 'turn it on'],
  ])('%s, and only that, fails with %j', (id, change, todo) => {
    const found = diagnose({ ...HEALTHY, ...change }, EVERYTHING).filter(({ level }) => level !== 'ok');
    expect(found).toEqual([expect.objectContaining({ id, level: 'fail', todo: expect.stringContaining(todo) as string })]);
  });

  test('what was not asked for only warns; what everything needs fails all the same', () => {
    const ill: Facts = { ...HEALTHY, nodeVersion: 'v16.0.0', adapters: [], nativeProblem: 'no', rawAccess: false, libraryProblem: { message: 'no', hint: '' }, folder: { ...folder, problem: 'EACCES' } };
    const levels = Object.fromEntries(diagnose(ill, NOTHING).map(({ id, level }) => [id, level]));
    expect(levels).toMatchObject({ node: 'fail', disk: 'warn', library: 'warn', driver: 'warn', adapter: 'warn', permission: 'warn', rfkill: 'ok' });
  });

  test.each(['v20.19.0', 'v20.20.2', 'v22.12.0', 'v24.0.0', 'v100.1.0'])('%s is new enough', (nodeVersion) => {
    expect(diagnose({ ...HEALTHY, nodeVersion }, NOTHING)[0]).toMatchObject({ id: 'node', level: 'ok' });
  });

  test('systems that do not list adapters or capabilities are not blamed for it', () => {
    const mac: Facts = { ...HEALTHY, platform: 'darwin', adapters: null, killSwitches: null, rawAccess: null };
    expect(diagnose(mac, EVERYTHING).every(({ level }) => level === 'ok')).toBe(true);
  });
});

describe('the command', () => {
  test('exits 0 where the simulator works, whatever Bluetooth does, and names this node and folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
    try {
      const { code, out, err } = await cli(['doctor', '--json', '--data', join(folder, 'to', 'be', 'made')]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const { ok, checks } = JSON.parse(out) as { ok: boolean; checks: { id: string; level: string; found: string }[] };
      expect(ok).toBe(true);
      expect(checks.map(({ id }) => id)).toEqual(['node', 'simulator', 'disk', 'library', 'platform', 'driver', 'adapter', 'rfkill', 'permission', 'bluetooth']);
      expect(checks[0]).toMatchObject({ level: 'ok', found: process.version });
      expect(checks[2]).toMatchObject({ level: 'ok', found: expect.stringContaining(folder) as string });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('fails for a folder that was asked for and cannot be: a file is in its place', async () => {
    const { code, out } = await cli(['doctor', '--data', join('package.json', 'data')]);
    expect(code).toBe(1);
    expect(out).toMatch(/^fail {2}disk .*package\.json is no folder$/m);
  });
});
