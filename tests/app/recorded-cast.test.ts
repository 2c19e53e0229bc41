import path from 'node:path';
import { EMPTY } from 'rxjs';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createConductor } from '../../src/app/conductor.ts';
import { recordedCast } from '../../src/app/recorded-cast.ts';
import { SOURCES } from '../../src/app/sources.ts';
import { systemClock } from '../../src/clock.ts';
import type { CueEvent } from '../../src/coaching/events.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { RecordedEvent } from '../../src/sessions/recording.ts';
import { replayConfig } from '../../src/sessions/replay-config.ts';
import { saveRecording } from '../../src/sessions/writer.ts';
import { fakeTime, pass, passUntil, settled } from '../radio/virtual-time.ts';
import { inScratch } from '../sessions/scratch.ts';
import { simulated } from '../sessions/simulated.ts';
import { runInputs } from '../support/run-inputs.ts';

const config = { coaching: defaultCoachingConfig, overrides: {} };
const brief = ({ tS, kind, phase, group, side }: CueEvent): unknown => ({ tS: Math.round(tS * 1000) / 1000, kind, phase, group, side });

const SECONDS = 20;

/** Of a person who chose for themselves, and was judged by a limit of their own. */
const recorded = simulated('s03', SECONDS, {
  meta: { coaching: { ...defaultCoachingConfig, quadricepsWarnCmS: 10 }, start: 'first-contact' },
  commands: [{ tS: 0, command: { type: 'mass', massKg: 60 } }, { tS: 0, command: { type: 'select', group: 'quadriceps', side: 'right' } }],
});

it('a recording is a roller behind the software radio: no frame is lost, and in each round the cues are those of then', () =>
  inScratch(async (folder) => {
    const file = path.join(folder, 'one.mcap');
    await saveRecording(file, recorded.meta, recorded.events);
    const { cues: due } = runInputs(recorded.events, replayConfig(recorded.meta, config));
    expect(due.filter(({ phase }) => phase === 'start').length).toBeGreaterThan(0);

    fakeTime();
    onTestFinished(() => void vi.useRealTimers());
    const given = { source: 'simulator', recording: file, seed: 1, rate: 1 } as const;
    const source = await SOURCES.simulator(given, { clock: systemClock, config, report: () => undefined });
    expect(source).toMatchObject({ kind: 'replay', title: `recording ${file} over the software radio` });
    const [station] = source.stations;
    const cues: CueEvent[] = [];
    const conductor = createConductor({
      source: station!,
      config: station!.judgedBy!,
      title: 'a test',
      known$: EMPTY,
      rollerEdits$: EMPTY,
      keep: null,
      remembered: { all: () => [], remember: () => Promise.reject(new Error('a recording is not met')) },
      calibrations: { personId: null, of: () => null, keep: () => Promise.resolve() },
      log: { info: () => undefined, warn: () => undefined },
    });
    const nothing = (): void => undefined;
    conductor.open({ hello: nothing, session: nothing, playback: nothing, trouble: nothing, calibration: nothing, cue: (event) => cues.push(event) });
    await passUntil(() => conductor.state.link.state === 'streaming');
    await passUntil(() => conductor.state.durationS >= SECONDS - 0.1);
    expect(cues.map(brief)).toEqual(due.map(brief));
    expect(conductor.state.quality).toMatchObject({ lost: 0, gaps: 0 });
    expect(conductor.snapshot()).toMatchObject({ source: 'replay', group: 'quadriceps', side: 'right' });
    expect(conductor.session()).toMatchObject({ massKg: 60, recording: 'off' });
    expect(conductor.playback()).toBeNull();

    const { id } = conductor.session();
    await passUntil(() => conductor.session().id !== id);
    cues.length = 0;
    await pass(SECONDS * 1000 - 100);
    expect(cues.map(brief)).toEqual(due.map(brief));
    expect(conductor.state.quality).toMatchObject({ lost: 0, gaps: 0 });
    await settled(conductor.close());
    await settled(source.close());
  }));

it('what was said in and after a pause that is cut out is said when the roller is as far', () =>
  inScratch(async (folder) => {
    const file = path.join(folder, 'one.mcap');
    const mass = (tS: number, massKg: number): { tS: number; command: { type: 'mass'; massKg: number } } => ({ tS, command: { type: 'mass', massKg } });
    const { meta, events } = simulated('s03', SECONDS, { commands: [mass(2, 60), mass(9, 61), mass(16, 62), mass(30, 63)] });
    const firstS = events.find((event) => event.type === 'frame' && event.characteristic === 'stream')!.arrivalS;
    const isPause = ({ arrivalS }: RecordedEvent): boolean => arrivalS > firstS + 5 && arrivalS < firstS + 15;
    await saveRecording(file, meta, events.filter((event) => event.type !== 'frame' || !isPause(event)));
    const given = { recording: file, seed: 1, rate: 1 } as const;
    const [part] = (await recordedCast(given, { config, report: () => undefined })).parts;
    const { commands, periodS } = part!.station.script!;
    const saidS = commands.flatMap(({ tS, command }) => (command.type === 'mass' && command.massKg !== 75 ? [tS] : []));
    expect(periodS).toBeCloseTo(SECONDS - 10, 1);
    for (const [index, dueS] of [2, 5, 6, SECONDS - 10].entries()) expect(saidS[index]).toBeCloseTo(dueS, 1);
    expect(saidS).toHaveLength(4);
  }));
