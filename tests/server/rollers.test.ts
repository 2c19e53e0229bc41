import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { aCue, codesOf, openHouse, settle, type Probe } from './house.ts';

const seqs = (probe: Probe): number[] => probe.all('cue').map(({ seq }) => seq);
const rollersShown = (probe: Probe): (string | null)[] => [...new Set(probe.all('snapshot').map(({ roller }) => roller))];

describe('a hub with several rollers', () => {
  it('lists them all, and shows the first to those who do not choose', async () => {
    const { clock, connect } = await openHouse({ rollers: ['r1', 'r2', null] });
    const probe = await connect();
    await clock.beat(2);
    await settle(probe);
    const [hello] = probe.all('hello');
    expect(hello).toMatchObject({ station: 1, holdsClaim: false });
    expect(hello?.rollers.map(({ id, station, claimedBy }) => [id, station, claimedBy])).toEqual([['r1', 1, null], ['r2', 2, null]]);
    expect(hello?.rollers[0]).toMatchObject({ rssiDbm: -50, batteryPct: 80, protocolVersion: 1, link: 'streaming', session: 'running' });
    expect(rollersShown(probe)).toEqual(['r1']);
  });

  it('shows the one that the address names, and carries out what is wished of it', async () => {
    const { clock, connect, wishes, otherWishes } = await openHouse({ rollers: ['r1', 'r2'] });
    const probe = await connect({}, '?roller=r2');
    await clock.beat(2);
    probe.say({ type: 'start' });
    await settle(probe);
    expect(probe.all('hello')[0]?.station).toBe(2);
    expect(probe.all('session')).toMatchObject([{ id: 's2', roller: 'r2' }]);
    expect(rollersShown(probe)).toEqual(['r2']);
    expect([wishes, otherWishes]).toEqual([[], [[2, { type: 'start' }]]]);
  });

  it('tells cues and sessions only to those who watch', async () => {
    const { clock, connect, audiences } = await openHouse({ rollers: ['r1', 'r2'] });
    const probes = await Promise.all([connect({}, '?roller=r1'), connect({}, '?roller=r2')]);
    await clock.beat(6);
    for (const audience of audiences) audience.cue(aCue);
    audiences[1]!.cue(aCue);
    audiences[1]!.session();
    await Promise.all(probes.map(settle));
    expect(probes.map((probe) => probe.all('cue').map(({ seq, roller }) => [seq, roller]))).toEqual([[[1, 'r1']], [[1, 'r2'], [2, 'r2']]]);
    expect(probes.map((probe) => probe.all('session').length)).toEqual([1, 2]);
  });

  it('turns a client to another one, whose cues are counted by themselves and are resumed as such', async () => {
    const { connect, audiences } = await openHouse({ rollers: ['r1', 'r2'] });
    const [one, two] = audiences as [typeof audiences[0], typeof audiences[0]];
    for (let count = 0; count < 5; count++) one.cue(aCue);
    for (let count = 0; count < 3; count++) two.cue({ ...aCue, kind: 'too-long' });
    const probe = await connect();
    probe.say({ type: 'resume', afterSeq: 4 });
    probe.say({ type: 'watch', roller: 'r2' });
    probe.say({ type: 'resume', afterSeq: 1 });
    await settle(probe);
    two.cue({ ...aCue, kind: 'too-long' });
    one.cue(aCue);
    await settle(probe);
    expect(probe.all('hello').map(({ station, lastCueSeq }) => [station, lastCueSeq])).toEqual([[1, 5], [2, 3]]);
    expect(probe.all('cue').map(({ seq, roller }) => [seq, roller])).toEqual([[5, 'r1'], [2, 'r2'], [3, 'r2'], [4, 'r2']]);
    probe.say({ type: 'watch', roller: 'r1' });
    probe.say({ type: 'resume', afterSeq: 5 });
    await settle(probe);
    expect(seqs(probe).at(-1)).toBe(6);
  });

  it('refuses commands to one that is not there, and goes to it once it is', async () => {
    const rollers: (string | null)[] = ['r1', null];
    const { clock, connect, audiences, wishes, otherWishes } = await openHouse({ rollers });
    const probe = await connect({}, '?roller=r2');
    probe.say({ type: 'start' });
    probe.say({ type: 'pain', nrs: 9 });
    await settle(probe);
    expect(codesOf(probe)).toEqual(['no-such-roller', 'no-such-roller', 'no-such-roller']);
    rollers[1] = 'r2';
    audiences[1]!.hello();
    await clock.beat(2);
    probe.say({ type: 'start' });
    await settle(probe);
    expect(probe.all('hello').map(({ station }) => station)).toEqual([1, 2]);
    expect(probe.all('session').map(({ id }) => id)).toEqual(['s1', 's2']);
    expect([wishes, otherWishes]).toEqual([[], [[2, { type: 'start' }]]]);
  });

  it('says so where there is no such roller, and stays where it was', async () => {
    const { clock, connect } = await openHouse({ rollers: ['r1', 'r2'] });
    const probe = await connect({}, '?roller=r2');
    probe.say({ type: 'watch', roller: 'r9' });
    await settle(probe);
    await clock.beat();
    expect(codesOf(probe)).toEqual(['no-such-roller']);
    expect((await probe.next('snapshot')).roller).toBe('r2');
  });
});

describe('who is in the air', () => {
  it('is told to the one who asks, with who has claimed what', async () => {
    const heard = { name: 'Roller 9', address: 'f0:00:00:00:00:09', rssiDbm: -70, batteryPct: null, protocolVersion: null, known: false };
    const here = { name: 'Roller 1', address: null, rssiDbm: -50, batteryPct: 80, protocolVersion: 1, known: true };
    const scan = { scan: () => Promise.resolve([{ ...here, id: 'r1', station: 1 }, { ...heard, id: null, station: null }]) };
    const { connect } = await openHouse({ hubSource: scan });
    const [asking, other] = await Promise.all([connect(), connect()]);
    other.say({ type: 'claim', label: 'Tablet' });
    await settle(other);
    asking.say({ type: 'scan' });
    const air = await asking.next('air');
    expect(air.rollers.map(({ id, name, claimedBy }) => [id, name, claimedBy])).toEqual([['r1', 'Roller 1', 'Tablet'], [null, 'Roller 9', null]]);
    expect(other.all('air')).toEqual([]);
  });

  it('is answered with the reason where there is no radio', async () => {
    const scan = (): Promise<never> => Promise.reject(new AppError('E_BLUETOOTH', 'no adapter', 'plug one in'));
    const { connect } = await openHouse({ hubSource: { scan } });
    const probe = await connect();
    probe.say({ type: 'scan' });
    expect(await probe.next('error')).toMatchObject({ code: 'E_BLUETOOTH', message: 'no adapter; plug one in' });
  });

  it('can be met: by the station that is still without a roller, which the client then watches', async () => {
    const { connect, met } = await openHouse({ rollers: ['r1', null, null] });
    const probe = await connect();
    probe.say({ type: 'meet', roller: 'Roller 9' });
    await settle(probe);
    expect(met).toEqual([['Roller 9', 2]]);
    expect(probe.all('hello').at(-1)?.station).toBe(2);
  });

  it('and by the client\'s own station where each has one, unless somebody else claims that', async () => {
    const { connect, met } = await openHouse({ rollers: ['r1', 'r2'] });
    const [probe, other] = await Promise.all([connect({}, '?roller=r2'), connect({}, '?roller=r2')]);
    probe.say({ type: 'meet', roller: 'r1' });
    await settle(probe);
    expect([met, probe.all('hello').at(-1)?.station]).toEqual([[], 1]);
    probe.say({ type: 'watch', roller: 'r2' });
    probe.say({ type: 'meet', roller: 'r9' });
    await settle(probe);
    expect(met).toEqual([['r9', 2]]);
    other.say({ type: 'claim', label: 'Tablet' });
    await settle(other);
    probe.say({ type: 'meet', roller: 'r8' });
    await settle(probe);
    expect([met.length, codesOf(probe)]).toEqual([1, ['claimed']]);
  });
});
