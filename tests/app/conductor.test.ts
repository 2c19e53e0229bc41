import { describe, expect, it } from 'vitest';
import { simulate } from '../../simulators/offline.ts';
import { AppError } from '../../src/errors.ts';
import { openStage, scenarioOf, tellable } from './stage.ts';

describe('the conductor', () => {
  it('has something to tell before the roller is there, and never breaks the wire', () => {
    const stage = openStage({ scenario: 'tour' });
    tellable(stage);
    expect(stage.conductor.snapshot()).toMatchObject({ link: 'idle', roller: null, ageMs: null, speedCmS: null, contact: false });
    expect(stage.conductor.snapshot().group).toBe('hamstrings');
    expect(stage.conductor.hasRun).toBe(false);
    for (let tS = 1; tS <= 120; tS++) {
      stage.play(tS);
      tellable(stage);
    }
    expect(stage.conductor.hasRun).toBe(true);
  });

  it('tells who is there once the roller has said it, and not again when it says the same', () => {
    const stage = openStage({ scenario: 'tour' });
    stage.play(1);
    const name = expect.stringContaining('Smart Roller') as unknown;
    const seen = { name, tool: 'roller', radiusCm: 7.5, hasPressure: true, protocolVersion: 1, session: 'running' };
    expect(stage.hellos.at(-1)).toMatchObject(seen);
    const told = stage.hellos.length;
    stage.play(20);
    expect(stage.hellos).toHaveLength(told);
    expect(stage.conductor.snapshot().roller).toBe(stage.hellos.at(-1)?.id);
  });

  it('tells the age of the last frame by the clock', () => {
    const stage = openStage({ scenario: 'tour' });
    stage.play(5);
    expect(stage.conductor.snapshot().ageMs).toBe(0);
    stage.clock.nowS += 1.25;
    expect(stage.conductor.snapshot().ageMs).toBeCloseTo(1250, 6);
  });

  it('passes cues on with the muscle of the script, and shows the cue with its number', () => {
    const stage = openStage({ scenario: 'too-fast' });
    stage.play(6);
    expect(stage.cues).toMatchObject([{ kind: 'too-fast', level: 1, phase: 'start', group: 'hamstrings', side: 'left' }]);
    expect(stage.conductor.snapshot().cue).toEqual({ kind: 'too-fast', level: 1, seq: 1 });
    stage.play(20);
    expect(stage.cues[1]).toMatchObject({ kind: 'too-fast', level: 1, phase: 'end' });
    expect(stage.conductor.snapshot().cue).toBeNull();
  });

  it('tells the session when it changes, and doses once a second', () => {
    const stage = openStage({ scenario: 'good-rolling' });
    stage.play(10);
    const before = stage.sessions.length;
    stage.play(20);
    expect(stage.sessions.length - before).toBe(10);
    expect(stage.sessions.at(-1)?.doses).toMatchObject([{ group: 'hamstrings', side: 'left' }]);
  });

  it('gives every session an id of its own', () => {
    const stage = openStage({ scenario: 'good-rolling' });
    stage.play(10);
    const first = stage.conductor.session();
    expect(first.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
    expect(first.startedUtcMs).toBeGreaterThan(1_772_000_000_000);
    expect(first.startedUtcMs).toBeLessThan(1_772_000_002_000);
    for (const type of ['pause', 'continue'] as const) void stage.conductor.fulfil({ type });
    expect(stage.conductor.session().id).toBe(first.id);
    for (const type of ['stop', 'start'] as const) void stage.conductor.fulfil({ type });
    const second = stage.conductor.session();
    expect(second.id > first.id).toBe(true);
    expect(second.doses).toEqual([]);
  });

  it('takes what is commanded because of an input after all that follows from it', async () => {
    const stage = openStage({ scenario: 'good-rolling', script: null, overrides: { massKg: 70 } });
    for (const event of simulate({ scenario: scenarioOf('good-rolling'), seed: 1, seconds: 1 })) {
      if (event.type === 'frame' && event.characteristic === 'stream') break;
      if (event.type !== 'truth' && event.type !== 'truth-cue' && event.type !== 'command') stage.link$.next(event);
    }
    await stage.conductor.fulfil({ type: 'calibrate', step: 'weight' });
    stage.play(0.5);
    expect(stage.conductor.session()).toMatchObject({ state: 'paused', startedUtcMs: expect.any(Number) });
    expect(stage.logged.filter((line) => line.includes('session')).map((line) => line.split(' ').at(-1))).toEqual(['running', 'paused']);
  });

  it('starts a live session at the first contact after a muscle is chosen', () => {
    const stage = openStage({ scenario: 'good-rolling', kind: 'live', start: 'first-contact', script: null });
    stage.play(10);
    expect(stage.conductor.session()).toMatchObject({ state: 'idle', group: 'unknown', startedUtcMs: null });
    void stage.conductor.fulfil({ type: 'select', group: 'hamstrings', side: 'both' });
    expect(stage.conductor.session().state).toBe('ready');
    stage.play(10.5);
    expect(stage.conductor.session()).toMatchObject({ state: 'running', group: 'hamstrings' });
  });

  it('stops for pain of 8, and goes on when the person says so', () => {
    const stage = openStage({ scenario: 'good-rolling' });
    stage.play(10);
    void stage.conductor.fulfil({ type: 'pain', nrs: 8 });
    expect(stage.cues.at(-1)).toMatchObject({ kind: 'safety-stop', phase: 'start', value: 8 });
    expect(stage.conductor.session().state).toBe('safety-stop');
    stage.play(15);
    expect(stage.conductor.session().state).toBe('safety-stop');
    for (const type of ['confirm', 'continue'] as const) void stage.conductor.fulfil({ type });
    expect(stage.conductor.session().state).toBe('running');
  });

  it('lets flags win over the script, and a person over both', () => {
    const stage = openStage({ scenario: 'good-rolling', overrides: { group: 'quadriceps', massKg: 60 } });
    stage.play(5);
    expect(stage.conductor.session()).toMatchObject({ group: 'quadriceps', side: 'left', massKg: 60 });
    void stage.conductor.fulfil({ type: 'select', group: 'lats', side: 'right' });
    expect(stage.conductor.session()).toMatchObject({ group: 'lats', side: 'right' });
  });

  it('shakes the roller when a cue is not heeded', () => {
    const stage = openStage({ scenario: 's03' });
    stage.play(10);
    expect(stage.requests).toEqual([]);
    stage.play(20);
    expect(stage.requests).toMatchObject([{ procedure: 'haptic', pulses: 1 }]);
  });

  it('goes on where the roller cannot shake, and counts it', async () => {
    const stage = openStage({ scenario: 's03', answer: () => Promise.reject(new AppError('E_NOT_CONNECTED', 'gone', 'wait')) });
    stage.play(20);
    await Promise.resolve();
    await Promise.resolve();
    expect(stage.logged).toContainEqual(expect.stringMatching(/haptics: .*gone \(1 failed, 0 felt\)/));
  });

  it('does not ask a recording to shake', () => {
    const stage = openStage({ scenario: 's03', kind: 'replay' });
    stage.play(30);
    expect(stage.requests).toEqual([]);
  });

  it('has the roller show itself, and says when it will not', async () => {
    const stage = openStage({ scenario: 'tour' });
    await stage.conductor.fulfil({ type: 'identify' });
    expect(stage.requests).toEqual([{ procedure: 'identify', seconds: 5 }]);
    const refusal = { procedure: 'identify', opCode: 5, result: 'operationFailed' } as const;
    const refusing = openStage({ scenario: 'tour', answer: () => Promise.resolve(refusal) });
    await expect(refusing.conductor.fulfil({ type: 'identify' })).rejects.toMatchObject({ code: 'E_REFUSED' });
  });

  it('lets go of the source when it is closed', async () => {
    const stage = openStage({ scenario: 'tour' });
    expect(stage.link$.observed).toBe(true);
    await stage.conductor.close();
    expect(stage.link$.observed).toBe(false);
  });

  it('names the roller in the lines of the log, once it has a name', () => {
    const stage = openStage({ scenario: 'good-rolling' });
    stage.play(1);
    expect(stage.logged[0]).toMatch(/^a stage: link: /);
    expect(stage.logged.at(-1)).toMatch(/^Smart Roller [0-9A-F]{4}: session [0-9a-f-]{36}: running$/);
  });

  it('remembers a roller when its stream begins and when it ends, by its device id', async () => {
    const stage = openStage({ scenario: 'good-rolling', kind: 'live' });
    stage.play(5);
    const { id, name } = stage.conductor.roller()!;
    expect(stage.remembered).toMatchObject([{ id, name, tool: 'roller', protocolVersion: 1 }]);
    stage.link$.next({ type: 'state', state: 'lost', reason: 'gone', arrivalS: stage.clock.nowS });
    expect(stage.remembered).toHaveLength(2);
    expect(stage.remembered[1]!.lastSeenUtcMs - stage.remembered[0]!.lastSeenUtcMs).toBeGreaterThan(4000);
    expect(stage.remembered[1]).toMatchObject({ id, batteryPct: expect.any(Number) });
    await stage.conductor.close();
    expect(stage.remembered).toHaveLength(2);
  });

  it('has no roller between leaving one and meeting the next, while the session goes on', () => {
    const met: string[] = [];
    const stage = openStage({ scenario: 'good-rolling', kind: 'live', meet: (roller) => void met.push(roller) });
    stage.play(5);
    const { id } = stage.conductor.session();
    const { driver, address, ...rest } = stage.conductor.state.roller!;
    stage.conductor.meet('Blue');
    expect([met, stage.conductor.roller(), stage.conductor.snapshot().roller]).toEqual([['Blue'], null, null]);
    const next = { ...rest, driver, address, id: '00000000000000bb', name: 'Blue' };
    stage.link$.next({ type: 'info', roller: next, arrivalS: stage.clock.nowS });
    expect(stage.conductor.roller()).toMatchObject({ id: '00000000000000bb', name: 'Blue' });
    expect(stage.conductor.session()).toMatchObject({ id, roller: '00000000000000bb', state: 'running' });
    tellable(stage);
  });

  it('leaves a recording its own roller', () => {
    const stage = openStage({ scenario: 'good-rolling', kind: 'replay' });
    expect(() => stage.conductor.meet('Blue')).toThrow('a recording has its own roller');
  });
});
