import { describe, expect, it } from 'vitest';
import type { ControlResponse } from '../../firmware-protocol/control.ts';
import { hold, idle, strokes, type Segment } from '../../simulators/body/segment.ts';
import type { RollerBuild } from '../../simulators/roller/build.ts';
import { define } from '../../simulators/scenarios/define.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { AppError } from '../../src/errors.ts';
import type { CalibrationStep } from '../../src/guide/calibration-words.ts';
import type { Calibrations } from '../../src/sessions/calibrations.ts';
import { calibrationsIn } from '../../src/sessions/library/kept-calibrations.ts';
import { serverMessage } from '../../src/server/wire.ts';
import type { PipelineInput } from '../../src/pipeline.ts';
import { openShelf } from '../sessions/library/shelf.ts';
import { runInputs } from '../support/run-inputs.ts';
import { openStage, tellable, type Stage, type StageOptions } from './stage.ts';

const at = (segments: readonly Segment[], roller: Partial<RollerBuild> = {}, massKg: number | null = 75): Scenario =>
  define({ name: 'calibrating', title: 'calibrating', group: 'quadriceps', segments, roller, massKg });
const ROLLING = [idle(1), hold(3, 30), strokes(4, 1000, 12.5, 30), hold(3, 30)];
const SITTING = [idle(1), hold(8, 110)];

const last = ({ calibrating }: Stage): Stage['calibrating'][number] | undefined => {
  for (const news of calibrating) serverMessage.parse({ type: 'calibration', ...news });
  return calibrating.at(-1);
};
const begun = (scenario: Scenario, step: CalibrationStep, more: Partial<StageOptions> = {}): Stage => {
  const stage = openStage({ scenario, ...more });
  stage.play(0.5);
  void stage.conductor.fulfil({ type: 'calibrate', step });
  return stage;
};
const memory = async (): Promise<Calibrations> => calibrationsIn(await openShelf(null), () => null);

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

  describe('by what is comfortable, on a roller whose cells give counts', () => {
    const pressing = (...segments: Segment[]): Scenario => at([idle(1), ...segments], { cellsIn: 'counts' });
    const rolled = (seconds: number, pctBw: number): Segment => strokes(seconds, 30, 5, pctBw);

    it('the limit is 1.3 times that: told, shown, kept, and judged by', async () => {
      const calibrations = await memory();
      const stage = begun(pressing(rolled(14, 40), rolled(10, 48), rolled(10, 60)), 'comfort', { calibrations });
      stage.play(14);
      expect(last(stage)).toMatchObject({ step: 'comfort', phase: 'done', progress: 1, unusual: false });
      const { value } = last(stage)!;
      expect(stage.conductor.roller()!.calibrated).toMatchObject({ comfort: { value } });
      void stage.conductor.fulfil({ type: 'continue' });
      stage.play(24);
      const limits = { forcePctBw: null, pressureKpa: null, loadPctComfort: 130 };
      expect(stage.conductor.snapshot()).toMatchObject({ forceN: null, pressureKpa: null, limits });
      expect(stage.conductor.snapshot().loadPctComfort).toBeGreaterThan(105);
      expect(stage.cues.filter(({ kind }) => kind === 'over-pressure')).toEqual([]);
      stage.play(34);
      expect(stage.cues.find(({ kind }) => kind === 'over-pressure')).toMatchObject({ level: 1, limit: 130, unit: '% comfort' });
      tellable(stage);
      const again = openStage({ scenario: pressing(rolled(10, 40)), calibrations });
      again.play(1);
      expect(again.conductor.state.coaching.comfortLoad).toBe(value);
    });

    it('is a command in the recording: the same cues come of it again', async () => {
      const inputs: PipelineInput[] = [];
      const stage = begun(pressing(rolled(14, 40), rolled(10, 60)), 'comfort', { calibrations: await memory(), record: (input) => inputs.push(input) });
      stage.play(14);
      void stage.conductor.fulfil({ type: 'continue' });
      stage.play(24);
      const { cues } = runInputs(structuredClone(inputs));
      expect(cues.some(({ kind }) => kind === 'over-pressure')).toBe(true);
      expect(cues).toEqual(stage.cues);
    });

    it('refuses who gets off too soon, and who does not come', () => {
      const hops = Array.from({ length: 12 }, () => [rolled(4, 40), idle(2)]).flat();
      const off = begun(pressing(...hops), 'comfort');
      off.play(62);
      expect(last(off)).toMatchObject({ phase: 'refused', reason: 'lifted' });
      const nobody = begun(pressing(idle(70)), 'comfort');
      nobody.play(65);
      expect(last(nobody)).toMatchObject({ phase: 'refused', reason: 'nobody' });
    });

    it('refuses where it is not needed: cells that give pressure are judged by that', () => {
      expect(last(begun(at(SITTING), 'comfort'))).toMatchObject({ phase: 'refused', reason: 'not-needed' });
      expect(last(begun(at(SITTING, {}, null), 'comfort'))).toMatchObject({ phase: 'refused', reason: 'not-needed' });
      expect(last(begun(at(SITTING, { cellsAround: 0 }), 'comfort'))).toMatchObject({ phase: 'refused', reason: 'no-cells' });
      expect(last(begun(pressing(hold(8, 110)), 'weight'))).toMatchObject({ phase: 'refused', reason: 'cells-in-counts' });
    });
  });

  it('tells the radius in force beside that of the maker, and since when', async () => {
    const calibrations = await memory();
    const stage = openStage({ scenario: at(ROLLING), calibrations });
    stage.play(0.5);
    expect(stage.conductor.roller()).toMatchObject({ radiusCm: 7.5, nominalRadiusCm: 7.5, calibrated: {} });
    await calibrations.keep(stage.conductor.roller()!.id, { radiusCm: 7.1, forceScale: null }, Date.UTC(2026, 4, 3));
    const again = openStage({ scenario: at(ROLLING), calibrations });
    again.play(0.5);
    expect(again.conductor.roller()).toMatchObject({
      radiusCm: 7.1, nominalRadiusCm: 7.5, calibrated: { distance: { value: 7.1, sinceUtc: '2026-05-03T00:00:00.000Z' } },
    });
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

  it('is interrupted by a new session, of which nothing before has been measured', () => {
    const stage = begun(at([idle(60)]), 'weight');
    stage.play(10);
    void stage.conductor.fulfil({ type: 'stop' });
    expect(last(stage)).toMatchObject({ phase: 'measuring' });
    void stage.conductor.fulfil({ type: 'start' });
    expect(last(stage)).toMatchObject({ step: 'weight', phase: 'refused', reason: 'interrupted' });
    expect(stage.conductor.session().state).toBe('running');
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
