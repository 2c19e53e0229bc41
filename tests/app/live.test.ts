import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { readRecording } from '../../src/sessions/reader.ts';
import { runInputs } from '../support/run-inputs.ts';
import { leftOver, start } from './companion.ts';

const handlers = (): number[] => ['SIGINT', 'SIGTERM', 'exit', 'uncaughtException'].map((event) => process.listenerCount(event));

/** These run in real time, through the real noble on the software radio, to a real WebSocket. */
describe('the companion where this user has no home folder', () => {
  it('looks for a roller, and says that nothing is kept', async (test) => {
    vi.stubEnv('HOME', '');
    vi.stubEnv('XDG_DATA_HOME', '');
    test.onTestFinished(() => void vi.unstubAllEnvs());
    const { companion, err } = await start(test, { source: 'ble' });
    expect(err.join('')).toContain('warn nothing is kept: E_CONFIG: this user has no home folder');
    expect((await fetch(companion.url)).ok).toBe(true);
  });
});

describe.concurrent('the companion on the simulator', () => {
  it('tells a person who rolls too fast to slow down, and sees it when they do', { timeout: 40_000 }, async (test) => {
    const run = await start(test, { scenario: 'too-fast' });
    const probe = await run.connect();
    const begun = await probe.next('cue', ({ kind, phase }) => kind === 'too-fast' && phase === 'start');
    expect(begun).toMatchObject({ seq: 1, level: 1, group: 'hamstrings', side: 'left', limit: 12 });
    expect(begun.tS).toBeCloseTo(5.1, 0);
    const ended = await probe.next('cue', ({ phase }) => phase === 'end');
    expect(ended).toMatchObject({ seq: 2, kind: 'too-fast' });
    expect(ended.tS).toBeCloseTo(14.7, 0);

    expect(probe.received.slice(0, 2).map(({ type }) => type)).toEqual(['hello', 'session']);
    const snapshots = probe.all('snapshot').filter(({ link }) => link === 'streaming');
    expect(snapshots.length).toBeGreaterThan(14 * 10);
    expect(new Set(snapshots.map(({ source }) => source))).toEqual(new Set(['simulated']));
    expect(Math.max(...snapshots.map(({ speedCmS }) => speedCmS ?? 0))).toBeGreaterThan(15);
    expect(snapshots.some(({ relieved }) => relieved)).toBe(true);
    const some = expect.any(Number) as unknown;
    expect(snapshots.at(-1)).toMatchObject({ session: 'running', group: 'hamstrings', batteryPct: some, rssiDbm: some });
    expect(probe.all('hello').at(-1)?.rollers).toMatchObject([{ name: expect.stringMatching(/^Smart Roller/), firmware: expect.any(String) }]);

    const late = await run.connect();
    late.say({ type: 'resume', afterSeq: 0 });
    await late.next('cue', ({ seq }) => seq === 2);
    expect(late.all('cue')).toEqual([begun, ended]);
  });

  it('does what a person at the dashboard says', { timeout: 20_000 }, async (test) => {
    const { connect } = await start(test, { scenario: 'good-rolling' });
    const probe = await connect();
    await probe.next('session', ({ state }) => state === 'running');
    probe.say({ type: 'select', group: 'quadriceps', side: 'right' });
    await probe.next('session', ({ group, side }) => group === 'quadriceps' && side === 'right');
    probe.say({ type: 'pain', nrs: 8 });
    await probe.next('session', ({ state }) => state === 'safety-stop');
    await probe.next('cue', ({ kind, phase, value }) => kind === 'safety-stop' && phase === 'start' && value === 8);
    probe.say({ type: 'confirm' });
    await probe.next('session', ({ state }) => state === 'paused');
    probe.say({ type: 'continue' });
    await probe.next('snapshot', ({ session, tS }) => session === 'running' && tS > 0);
    probe.say({ type: 'identify' });
    probe.say({ type: 'shutdown' });
    expect((await probe.next('error')).code).toBe('unknown-message');
    expect(probe.all('error')).toHaveLength(1);
  });

  it('records what came over the link, so that the same can be made of it again', { timeout: 20_000 }, async (test) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'smart-roller-data-'));
    test.onTestFinished(() => rmSync(folder, { recursive: true }));
    const { companion, connect } = await start(test, { scenario: 'too-fast', data: path.join(folder, 'sessions') });
    const probe = await connect();
    const live = await probe.next('cue');
    probe.say({ type: 'pain', nrs: 8 });
    const stop = await probe.next('cue', ({ kind }) => kind === 'safety-stop');
    await companion.close();
    const [name] = readdirSync(path.join(folder, 'sessions'));
    const recording = await readRecording(path.join(folder, 'sessions', name!));
    expect(recording.damage).toBeNull();
    expect(recording.meta).toMatchObject({ source: 'simulated', scenario: 'too-fast', seed: 1, software: 'test 0' });
    const { cues: again } = runInputs(recording.events);
    const told = probe.all('cue').map(({ type: _type, seq: _seq, roller: _roller, ...event }) => event);
    expect(again.map(({ kind }) => kind)).toEqual(told.map(({ kind }) => kind));
    // Who it is stands before its frames; what was said while it was awaited may come before that.
    const firstOf = (wanted: string): number => recording.events.findIndex(({ type }) => type === wanted);
    expect(firstOf('info')).toBeGreaterThanOrEqual(0);
    expect(firstOf('frame')).toBeGreaterThan(firstOf('info'));
    expect(again[0]).toEqual({ ...live, type: undefined, seq: undefined, roller: undefined });
    expect(again.at(-1)?.tS).toBeCloseTo(stop.tS, 2);
  });
});

describe('the end of a companion', () => {
  it('leaves no timer, socket or handler', async (test) => {
    const before = { handlers: handlers(), resources: process.getActiveResourcesInfo() };
    const { companion, connect } = await start(test, { scenario: 'tour' });
    const probe = await connect();
    await probe.next('snapshot', ({ link }) => link === 'streaming');
    await companion.close();
    expect((await probe.closed).code).toBe(1001);
    await companion.close();
    await nextTurn();
    expect(handlers()).toEqual(before.handlers);
    expect(leftOver(before.resources)).toEqual([]);
  });

  it('is clean where it could not even begin', async (test) => {
    const before = process.getActiveResourcesInfo();
    const taken = await start(test, {});
    await expect(start(test, { port: taken.companion.port })).rejects.toMatchObject({ code: 'E_PORT_IN_USE', exitCode: 1 });
    await taken.companion.close();
    await expect(start(test, { host: '192.0.2.1' })).rejects.toMatchObject({ code: 'E_LISTEN' });
    await expect(start(test, { data: '/dev/null/nowhere' })).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
    await expect(start(test, { scenario: 'no-such' })).rejects.toMatchObject({ code: 'E_SCENARIO', exitCode: 2 });
    await expect(start(test, { source: 'replay' })).rejects.toMatchObject({ code: 'E_USAGE' });
    await expect(start(test, { source: 'replay', recording: '/no/such.mcap' })).rejects.toMatchObject({ code: 'E_FILE_READ' });
    await nextTurn();
    expect(leftOver(before)).toEqual([]);
  });
});

describe('in the network', () => {
  it('is announced with a token and a code, and lets nobody in without', async (test) => {
    const { companion, out, connect } = await start(test, { host: '0.0.0.0' });
    expect(companion.token).toMatch(/^[\w-]{24}$/);
    expect(out.join('')).toContain(`http://127.0.0.1:${companion.port}/?token=${companion.token}`);
    expect((await fetch(`http://127.0.0.1:${companion.port}/`)).status).toBe(401);
    await (await connect()).next('hello');
  });

  it('asks for nothing on loopback', async (test) => {
    const { companion, out } = await start(test, { host: 'localhost' });
    expect(companion.token).toBeNull();
    expect(out.join('')).toBe(`Smart Roller companion: http://localhost:${companion.port}/\n  source: simulated roller, scenario tour\n`);
  });
});
