import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { inScratch } from '../sessions/scratch.ts';
import { finished, isBuilt, logged, MAIN, printed, start, type Running } from './program.ts';

describe.runIf(isBuilt)('the program', () => {
  test('prints its version without loading a server, and names what is wrong with a flag', async () => {
    expect(await finished('--version')).toMatchObject({ code: 0, err: '' });
    expect(await finished('serve', '--prot', '1')).toEqual({
      code: 2,
      out: '',
      err: 'smart-roller: E_USAGE: unknown flag --prot; did you mean --port?\n',
    });
  });

  test.skipIf(process.platform === 'win32').each(['', 'relative'])('has no home folder in HOME=%j, and says so where it needs one', async (home) => {
    const inHome = (...args: string[]): ReturnType<typeof spawnSync> =>
      spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', env: { ...process.env, HOME: home, XDG_DATA_HOME: '' } });
    expect(inHome('sessions', 'list')).toMatchObject({
      status: 2,
      stderr: 'smart-roller: E_CONFIG: this user has no home folder to keep data in; name a folder with --data DIR, or set HOME\n',
    });
    expect(inHome('sessions', 'list', '--data', 'nowhere')).toMatchObject({ status: 0, stdout: 'no sessions in nowhere\n' });
    expect(inHome('doctor').stdout).toMatch(/^warn {2}disk +a home folder, .*: this user has none\n.*--data DIR/m);
  });

  test('simulates, analyses and prints nothing but JSON', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'x.mcap');
      expect(await finished('simulate', '--scenario', 's03', '--seconds', '10', '--out', file)).toMatchObject({ code: 0, err: '' });
      const { code, out, err } = await finished('analyze', file, '--json', '--motion');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect((JSON.parse(out) as { motion: unknown[] }).motion.length).toBeGreaterThan(90);
    }));

  test('is quiet when the reader of its output has had enough', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'x.mcap');
      await finished('simulate', '--seconds', '60', '--out', file);
      const { child, ended, err } = start('analyze', file, '--json', '--motion');
      await once(child.stdout!, 'data');
      child.stdout!.destroy();
      expect(await ended).toBe(0);
      expect(err()).toBe('');
    }));

  test('serves until it is interrupted, then closes and exits with 130', async () => {
    const running = start('--port', '0');
    const [, url] = await printed(running, /(http:\/\/127\.0\.0\.1:\d+\/)/);
    expect((await fetch(`${url}healthz`)).status).toBeLessThan(600);
    running.child.kill('SIGINT');
    expect(await running.ended).toBe(130);
    await expect(fetch(`${url}healthz`)).rejects.toThrow('fetch failed');
  });

  test('closes all the same when a Ctrl-C comes twice, as npm sends it on', () =>
    inScratch(async (folder) => {
      const running = start('--port', '0', '--data', folder);
      await logged(running, /link: streaming/);
      running.child.kill('SIGINT');
      await logged(running, /kept/); // it has heard the first one
      running.child.kill('SIGINT');
      expect(await running.ended).toBe(130);
      expect((await readdir(folder)).filter((name) => name.startsWith('library'))).toEqual(['library.db']);
    }));

  test('notes that a roller was named which the simulator is not', async () => {
    const running = start('--port', '0', '--device', 'My roller');
    await logged(running, /^smart-roller: note: --device means a Bluetooth roller, and the source is simulator; add --source ble to meet it$/m);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  });

  test('ends with 0 when it is asked to terminate', async () => {
    const running = start('--port', '0');
    await printed(running, /http:/);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  });

  test.each([
    ['nobody reads its log any more', ({ child }: Running) => void child.stderr!.destroy()],
    ['the terminal is closed', ({ child }: Running) => void child.kill('SIGHUP')],
  ])('closes what it keeps when %s', (_, happens) =>
    inScratch(async (folder) => {
      const running = start('--port', '0', '--data', folder);
      await printed(running, /http:/);
      happens(running);
      expect(await running.ended).toBe(0);
      // A library that is not closed leaves its log beside it.
      expect((await readdir(folder)).filter((name) => name.startsWith('library'))).toEqual(['library.db']);
    }));

  test.runIf(existsSync('/dev/full'))('says in one line that its output cannot be written', async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [MAIN, '--version'], { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    let err = '';
    child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(err).toMatch(/^smart-roller: E_FILE_WRITE: cannot write the output: ENOSPC[^\n]+\n$/);
  });

  test('says that a port is in use, and on which', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, out, err } = await finished('serve', '--port', String(port));
    other.close();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.trimEnd().split('\n').at(-1)).toMatch(
      new RegExp(`^smart-roller: E_PORT_IN_USE: port ${port} on 127\\.0\\.0\\.1 is in use; `),
    );
  });
});
