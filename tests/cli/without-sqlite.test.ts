import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { inScratch } from '../sessions/scratch.ts';
import { socketUrl } from '../support/companion-process.ts';
import { isBuilt, printed, startUnder, type Running } from './program.ts';

/** A machine for which SQLite's native part was not made, or not installed: it is nowhere to be found. */
const MISSING = `
import Module from 'node:module';
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) {
  if (name.startsWith('@libsql/')) throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: 'MODULE_NOT_FOUND' });
  return resolve.call(this, name, ...rest);
};`;
const start = (...args: readonly string[]): Running => startUnder(['--import', `data:text/javascript,${encodeURIComponent(MISSING)}`], ...args);
const finished = async (...args: readonly string[]): Promise<{ code: number | string; out: string; err: string }> => {
  const running = start(...args);
  return { code: await running.ended, out: running.out(), err: running.err() };
};

const WHY = String.raw`E_LIBRARY: SQLite cannot be loaded here: Cannot find module '@libsql/[\w-]+'; install again with npm ci on this machine \(\w+ \w+\)`;
const linesOf = (text: string): string[] => text.trimEnd().split('\n');

describe.runIf(isBuilt)('without SQLite', () => {
  test('the companion starts, says in one line that nothing is kept, coaches, and tells whoever asks for what is kept', { timeout: 40_000 }, async () => {
    const running = start('serve', '--port', '0', '--scenario', 'too-fast');
    try {
      const [, url] = await printed(running, /(http:\/\/127\.0\.0\.1:\d+\/)/);
      const socket = new WebSocket(socketUrl(url!));
      for (;;) {
        const [data] = (await once(socket, 'message')) as [Buffer];
        const { type, kind, recording } = JSON.parse(data.toString()) as { type: string; kind?: string; recording?: string };
        if (type === 'session') expect(recording).toBe('off');
        if (type === 'cue' && kind === 'too-fast') break;
      }
      socket.close();
      for (const [method, at] of [['GET', 'people'], ['GET', 'sessions'], ['GET', 'library'], ['PATCH', 'settings']] as const) {
        const body = method === 'PATCH' ? { body: '{"keepDays":9}', headers: { 'content-type': 'application/json' } } : {};
        const answer = await fetch(`${url}api/v1/${at}`, { method, ...body });
        expect(answer.status, at).toBe(503);
        expect(await answer.json()).toMatchObject({ code: 'E_LIBRARY', hint: expect.stringContaining('npm ci') as string });
      }
    } finally {
      running.child.kill('SIGINT');
    }
    expect(await running.ended).toBe(130);
    const told = linesOf(running.err()).filter((line) => / warn |Error|kept/.test(line));
    expect(told).toEqual([expect.stringMatching(new RegExp(`warn nothing is kept: ${WHY}$`))]);
  });

  test('it does not start where a data folder was asked for: that would be a promise', () =>
    inScratch(async (folder) => {
      const { code, out, err } = await finished('serve', '--port', '0', '--data', join(folder, 'data'));
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(linesOf(err)).toEqual([expect.stringMatching(new RegExp(`^smart-roller: ${WHY}$`))]);
    }));

  test('commands that need no library work, and those that do say so in one line', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'x.mcap');
      expect(await finished('simulate', '--scenario', 's03', '--seconds', '10', '--out', file)).toMatchObject({ code: 0, err: '' });
      expect(await finished('analyze', file, '--json')).toMatchObject({ code: 0, err: '' });
      const listed = await finished('sessions', 'list', '--data', folder);
      expect({ code: listed.code, out: listed.out }).toEqual({ code: 1, out: '' });
      expect(listed.err).toMatch(new RegExp(`^smart-roller: ${WHY}\n$`));
      expect(await readdir(folder)).toEqual(['x.mcap']);
    }));

  test('the doctor finds it, and fails where a data folder is asked for', () =>
    inScratch(async (folder) => {
      const level = async (...flags: readonly string[]): Promise<unknown> => {
        const { code, out } = await finished('doctor', '--json', ...flags);
        const { checks } = JSON.parse(out) as { checks: { id: string; level: string; found: string; todo: string }[] };
        const found = checks.find(({ id }) => id === 'library')!;
        expect(found.found).toMatch(/^SQLite cannot be loaded here: .*: nothing is kept$/);
        expect(found.todo).toContain('npm ci');
        return [code, found.level];
      };
      expect(await level()).toEqual([0, 'warn']);
      expect(await level('--data', folder)).toEqual([1, 'fail']);
    }));
});
