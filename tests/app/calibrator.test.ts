import { describe, expect, it } from 'vitest';
import type { ControlResponse } from '../../firmware-protocol/control.ts';
import { hold, idle, strokes, type Segment } from '../../simulators/body/segment.ts';
import type { RollerBuild } from '../../simulators/roller/build.ts';
import { define } from '../../simulators/scenarios/define.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { AppError } from '../../src/errors.ts';
import { openCalibrations } from '../../src/sessions/calibrations.ts';
import { serverMessage } from '../../src/server/wire.ts';
import { openStage, tellable, type Stage, type StageOptions } from './stage.ts';

const at = (segments: readonly Segment[], roller: Partial<RollerBuild> = {}, massKg: number | null = 75): Scenario =>
  define({ name: 'calibrating', title: 'calibrating', group: 'quadriceps', segments, roller, massKg });
const ROLLING = [idle(1), hold(3, 30), strokes(4, 1000, 12.5, 30), hold(3, 30)];
const SITTING = [idle(1), hold(8, 110)];

const last = ({ calibrating }: Stage): Stage['calibrating'][number] | undefined => {
  for (const news of calibrating) serverMessage.parse({ type: 'calibration', ...news });
  return calibrating.at(-1);
};
const begun = (scenario: Scenario, step: 'tare' | 'weight' | 'distance', more: Partial<StageOptions> = {}): Stage => {
  const stage = openStage({ scenario, ...more });
  stage.play(0.5);
  void stage.conductor.fulfil({ type: 'calibrate', step });
  return stage;
};
const memory = (): ReturnType<typeof openCalibrations> => openCalibrations(null, 0);

describe('calibrating', () => {
  it('by the full weight: told step by step, in force at once, kept with the roller', async () => {
    const calibrations = await memory();
    const stage = begun(at(SITTING), 'weight', { calibrations });
    expect(last(stage)).toMatchObject({ step: 'weight', phase: 'measuring', progress: 0 });
    stage.play(6);
    const progress = stage.calibrating.map((news) => news.progress);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(last(stage)).toMatchObject({ step: 'weight', phase: 'done', progress: 1, unusual: false, reason: null });
    // 110 % of the weight was there, so 100 were read too high by ten.
    expect(last(stage)!.value).toBeCloseTo(1 / 1.1, 1);
    const id = stage.conductor.roller()!.id;
    expect(calibrations.of(id)).toMatchObject({ forceScale: last(stage)!.value, radiusCm: null });
    stage.play(8);
    expect(stage.conductor.snapshot().forceN).toBeGreaterThan(690);
    expect(stage.conductor.snapshot().forceN).toBeLessThan(780);
    tellable(stage);
  });

  it('pauses the session: sitting down is no rolling, and nothing is said of it', () => {
    const stage = begun(at(SITTING), 'weight');
    stage.play(6);
    expect(stage.conductor.session()).toMatchObject({ state: 'paused' });
    expect(stage.cues).toEqual([]);
  });

  it('by a marked length: radius and force are kept side by side, and are there for the next service', async () => {
    const calibrations = await memory();
    const stage = begun(at(ROLLING, { texture: 'soft', giveMmPerN: 0.02 }), 'distance', { calibrations });
    const id = stage.conductor.roller()!.id;
    await calibrations.keep(id, { radiusCm: null, forceScale: 1.2 }, 0);
    stage.play(11);
    expect(last(stage)).toMatchObject({ step: 'distance', phase: 'done' });
    expect(last(stage)!.value).toBeCloseTo(7.06, 1);
    const again = openStage({ scenario: at(ROLLING), calibrations });
    again.play(1);
    expect(again.conductor.state.motion!.geometry.radiusCm).toBe(last(stage)!.value);
  });

  it.each([
    ['mass-unknown', at(SITTING, {}, null), 'weight'],
    ['no-cells', at(SITTING, { cellsAround: 0 }), 'weight'],
  ] as const)('refuses at once: %s', (reason, scenario, step) => {
    expect(last(begun(scenario, step))).toMatchObject({ step, phase: 'refused', reason });
  });

  it('refuses before there is a roller, and on a recording', () => {
    const early = openStage({ scenario: at(SITTING) });
    void early.conductor.fulfil({ type: 'calibrate', step: 'weight' });
    expect(last(early)).toMatchObject({ phase: 'refused', reason: 'no-roller' });
    expect(last(begun(at(SITTING), 'weight', { kind: 'replay' }))).toMatchObject({ phase: 'refused', reason: 'recorded' });
  });

  it('refuses what it saw go wrong, with what it found', () => {
    const stage = begun(at([idle(1), hold(6, 40)]), 'weight');
    stage.play(7);
    expect(last(stage)).toMatchObject({ phase: 'refused', reason: 'implausible' });
    expect(last(stage)!.value).toBeCloseTo(2.5, 0);
    expect(stage.conductor.state.calibrations.size).toBe(0);
  });

  it('is taken back, and begun anew in place of another', () => {
    const stage = begun(at(SITTING), 'weight');
    void stage.conductor.fulfil({ type: 'calibrate', step: 'distance' });
    const heard = stage.calibrating.map(({ step, phase }) => `${step} ${phase}`);
    expect(heard).toEqual(['weight measuring', 'weight cancelled', 'distance measuring']);
    void stage.conductor.fulfil({ type: 'calibrate', step: null });
    expect(last(stage)).toMatchObject({ step: 'distance', phase: 'cancelled' });
    const told = stage.calibrating.length;
    stage.play(8);
    expect(stage.calibrating).toHaveLength(told);
  });

  const answers = [
    ['success', 'done', null],
    ['loaded', 'refused', 'loaded'],
    ['moving', 'refused', 'moving'],
    ['opCodeNotSupported', 'refused', 'unsupported'],
    ['wrongState', 'refused', 'failed'],
  ] as const;
  it.each(answers)('asks the roller to tare: %s', async (result, phase, reason) => {
    const answer = (): Promise<ControlResponse> => Promise.resolve({ procedure: 'tare', opCode: 3, result } as ControlResponse);
    const stage = openStage({ scenario: at(SITTING), answer });
    stage.play(0.5);
    await stage.conductor.fulfil({ type: 'calibrate', step: 'tare' });
    expect(stage.requests).toEqual([{ procedure: 'tare' }]);
    expect(last(stage)).toMatchObject({ step: 'tare', phase, reason });
  });

  it('says so when the roller does not answer', async () => {
    const answer = (): Promise<ControlResponse> => Promise.reject(new AppError('E_NOT_CONNECTED', 'gone', 'wait'));
    const stage = openStage({ scenario: at(SITTING), answer });
    stage.play(0.5);
    await expect(stage.conductor.fulfil({ type: 'calibrate', step: 'tare' })).rejects.toMatchObject({ code: 'E_NOT_CONNECTED' });
    expect(last(stage)).toMatchObject({ step: 'tare', phase: 'refused', reason: 'failed' });
  });

  it('stays in force when it cannot be kept', async () => {
    const full = new AppError('E_FILE_WRITE', 'the disk is full', 'make room');
    const calibrations = { ...(await memory()), keep: () => Promise.reject(full) };
    const stage = begun(at(SITTING), 'weight', { calibrations });
    stage.play(6);
    expect(last(stage)).toMatchObject({ phase: 'done' });
    await Promise.resolve();
    expect(stage.logged.some((line) => line.includes('the disk is full'))).toBe(true);
  });
});
