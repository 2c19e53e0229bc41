import { describe, expect, it } from 'vitest';
import { defaultCoachingConfig } from '../../../src/coaching/parameters.ts';
import { createPipeline, stepPipeline } from '../../../src/pipeline.ts';
import { runRecording, summarizeRecording, summaryOf, type RunConfig } from '../../../src/sessions/summary/summarize.ts';
import { sessionSummary, type SessionSummaryRecord } from '../../../src/sessions/summary/summary.ts';
import { META } from '../samples.ts';
import { simulated } from '../simulated.ts';

const CONFIG: RunConfig = { coaching: defaultCoachingConfig, overrides: {} };
const summarize = (...args: Parameters<typeof simulated>): SessionSummaryRecord => summarizeRecording(simulated(...args), CONFIG);
const first = ({ groups: [group] }: SessionSummaryRecord) => group!;

describe('the summary of a session', () => {
  it('is plain JSON that its own schema reads', () => {
    const summary = summarize('tour', 100);
    expect(sessionSummary.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
    expect(Object.keys(summary)).toEqual(['version', 'plan', 'groups', 'balance', 'cues', 'pain', 'quality', 'origin']);
  });

  it('of a minute at an inch a second: all of it in the green band, nothing told but the goal', () => {
    const summary = summarize('s01', 61);
    expect(first(summary)).toMatchObject({ group: 'quadriceps', sets: 1, speed: { tooFastTimes: 0, tooFastS: 0, warnCmS: 14, greenCmS: [1, 5] } });
    expect(first(summary).speed.greenPct).toBeGreaterThan(99);
    expect(first(summary).speed.medianCmS).toBeCloseTo(2.5, 1);
    expect(first(summary).activeS).toBeCloseTo(61, 0);
    expect(first(summary).load?.meanPctBw).toBeCloseTo(30, -1);
    expect(summary.cues).toEqual([{ kind: 'dose-goal', level: 1, times: 1 }]);
    expect(summary.plan).toMatchObject({ sets: 1, minS: 30, goalS: 60, maxS: 90, itemsDone: 1, items: [{ dose: 'in-range', goalReached: true }] });
  });

  it('of strokes at 21 cm/s: too fast once, for as long as it lasted, hardly any of it green', () => {
    const { speed } = first(summarize('s03', 40));
    expect(speed.tooFastTimes).toBe(1);
    expect(speed.tooFastS).toBeGreaterThan(30);
    expect(speed.greenPct).toBeLessThan(10);
    expect(speed.medianCmS).toBeGreaterThan(14);
  });

  it('tells no green band where holding is the technique', () => expect(first(summarize('s06', 20)).speed.greenPct).toBeNull());

  it('has what was planned and not done', () => {
    const commands = [{ tS: 20, command: { type: 'select', group: 'lats', side: 'right' } as const }];
    const { plan } = summarize('s11', 40, { commands });
    expect(plan.items).toMatchObject([{ dose: 'under', goalReached: false }, { group: 'lats', side: 'right', activeS: expect.any(Number) as number }]);
    expect(plan.itemsDone).toBe(0);
  });

  it('takes pain from what stands beside the recording, where nothing was said in it', () => {
    const say = (tS: number, nrs: number) => ({ tS, command: { type: 'pain', nrs } as const });
    const meta = { painBefore: 5, painAfter: 2 };
    expect(summarize('s11', 20, { meta }).pain).toEqual({ beforeNrs: 5, worstNrs: 5, afterNrs: 2, reports: 0 });
    expect(summarize('s11', 20, { meta, commands: [say(0, 3), say(10, 6)] }).pain).toEqual({ beforeNrs: 3, worstNrs: 6, afterNrs: 2, reports: 2 });
    expect(summarize('s11', 20, { meta: { painBefore: 99, painAfter: 2.5 } }).pain).toMatchObject({ beforeNrs: null, afterNrs: null });
  });

  it('knows pain before, at its worst and after', () => {
    const say = (tS: number, nrs: number) => ({ tS, command: { type: 'pain', nrs } as const });
    // s11 rolls for 25 s.
    const { pain, groups } = summarize('s11', 30, { commands: [say(0, 3), say(10, 6), say(29.5, 2)] });
    expect(pain).toEqual({ beforeNrs: 3, worstNrs: 6, afterNrs: 2, reports: 3 });
    expect(groups[0]?.pain).toEqual(pain);
    expect(summarize('s11', 30).pain).toEqual({ beforeNrs: null, worstNrs: null, afterNrs: null, reports: 0 });
    expect(summarize('s11', 20, { commands: [say(10, 6)] }).pain).toEqual({ beforeNrs: null, worstNrs: 6, afterNrs: null, reports: 1 });
  });

  it('compares the sides of a group, and flags what differs by more than 15 %', () => {
    const commands = [{ tS: 40, command: { type: 'select', group: 'quadriceps', side: 'right' } as const }];
    const { balance } = summarize('s01', 60, { commands });
    expect(balance).toHaveLength(1);
    expect(balance[0]).toMatchObject({ group: 'quadriceps', activeS: { flagged: true }, medianCmS: { flagged: false }, meanLoad: { unit: 'N', flagged: false } });
    expect(balance[0]?.activeS.differencePct).toBeCloseTo(50, -1);
  });

  it('tells where the data came from, and what is not known of them', () => {
    const recording = simulated('s01', 5, { meta: { source: 'live', scenario: null } });
    const person = { id: 'p1', name: 'Kim' };
    const summary = summarizeRecording({ ...recording, damage: '3 messages are lost' }, { ...CONFIG, overrides: { massKg: 80 } }, person);
    expect(summary.origin).toMatchObject({ sessionId: META.sessionId, startUtc: '2025-01-02T03:04:05.000Z', source: 'live', scenario: null, person, massKg: 80 });
    expect(summary.origin.config).toEqual(defaultCoachingConfig);
    expect(summary.origin.roller).toMatchObject({ tool: 'roller', radiusCm: 7.5, hasPressure: true });
    expect(summary.quality).toMatchObject({ lost: 0, gaps: 0, contactAssumed: false, calibrated: { radius: false, force: false }, damage: '3 messages are lost' });
    expect(summary.quality.frames).toBeGreaterThan(200);
  });

  it('knows what was calibrated', () => {
    const { rollerId } = idOf(simulated('s01', 1));
    const command = { type: 'calibration', rollerId, radiusCm: 7.4, forceScale: null } as const;
    expect(summarize('s01', 5, { commands: [{ tS: 0, command }] }).quality.calibrated).toEqual({ radius: true, force: false });
  });

  it('is the same of a live session that is at its end as of its recording', () => {
    const recording = simulated('tour', 70);
    const live = createPipeline({ ...CONFIG, start: 'first-frame' });
    for (const event of recording.events) stepPipeline(live, event);
    const told = summaryOf(live, { ...META, damage: null });
    const replayed = summarizeRecording(recording, CONFIG);
    expect(told.plan.activeS).toBeCloseTo(replayed.plan.activeS, 0);
    expect({ ...told, plan: null, groups: null, balance: null }).toEqual({ ...replayed, plan: null, groups: null, balance: null });
  });

  it('of a session without any contact has no groups, and is none the worse', () => {
    const summary = summarize('s13', 10);
    expect(summary).toMatchObject({ groups: [], balance: [], cues: [], plan: { items: [{ dose: 'none', activeS: 0 }], itemsDone: 0, activeS: 0 } });
    expect(sessionSummary.safeParse(summary).success).toBe(true);
  });
});

function idOf({ events }: ReturnType<typeof simulated>): { rollerId: string } {
  const state = runRecording({ events }, CONFIG, () => undefined);
  return { rollerId: state.info?.deviceId ?? '' };
}
