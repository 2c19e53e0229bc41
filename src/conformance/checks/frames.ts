import { decodeResponse } from '../../../firmware-protocol/control.ts';
import { decodeStream } from '../../../firmware-protocol/stream.ts';
import { advice, fail, pass, passIf, skipped, unless, type Check, type Verdict } from '../check.ts';
import { mainRun, signedStep, type Case, type SeenRun } from '../examine.ts';
import { HAPTIC_PATTERN } from '../exchanges.ts';

/** What is in the frames, and how they are numbered. */

const NO_STREAM = 'nothing was streamed';
const WRAP = 0x1_0000;
/** Frames dropped at the very end of a run leave no gap behind them. */
const UNSEEN_AT_END = 16;
/** The first sample at most so long after the response; then its frame fills, is handed to the radio, and is on its way. */
const FIRST_SAMPLE_S = 0.5;
const ON_ITS_WAY_S = 0.2;
/** Sensors ring so long after a pattern. */
const RINGING_S = 0.15;
/** Share by which the readings may differ from what the rates say; see the IMU rate. */
const RATE_SHARE = 0.03;

const inMain = (judge: (run: SeenRun, given: Case) => Verdict) => (given: Case): Verdict => {
  const run = mainRun(given);
  return run === null || run.frames.length < 2 ? skipped(NO_STREAM) : judge(run, given);
};

/** Steps of the sequence within a run. */
const stepsOf = ({ frames }: SeenRun): number[] =>
  frames.slice(1).map(({ frame }, index) => signedStep(frames[index]!.frame.sequence, frame.sequence, WRAP));

const missingIn = (run: SeenRun): number => stepsOf(run).reduce((sum, step) => sum + Math.max(0, step - 1), 0);

export const FRAME_CHECKS: readonly Check[] = [
  {
    id: 'stream/layout',
    section: 5,
    expected: 'frames that follow the tables',
    judge: ({ evidence: { runs, strayFrames } }) => {
      const all = [...runs.flatMap(({ frames }) => frames), ...strayFrames];
      if (all.length === 0) return runs.length > 0 ? fail('no frames after start') : skipped(NO_STREAM);
      const faults = all.flatMap(({ bytes }) => {
        const decoded = decodeStream(bytes);
        return decoded.ok ? [] : [`${decoded.fault.reason}: ${decoded.fault.detail}`];
      });
      return unless(faults, `${all.length} frames`);
    },
  },
  {
    id: 'stream/between-start-and-stop',
    section: 5,
    expected: 'frames only from the response to start to the response to stop',
    judge: ({ evidence: { strayFrames } }) => passIf(strayFrames.length === 0, strayFrames.length === 0 ? 'only then' : `${strayFrames.length} frames at other times`),
  },
  {
    id: 'stream/first-frame',
    section: 7,
    expected: `a first sample within ${FIRST_SAMPLE_S} s of the response to start`,
    judge: ({ runs, info }) => {
      if (runs.length === 0 || info === null) return skipped(NO_STREAM);
      const limitS = FIRST_SAMPLE_S + (1000 * info.samplesPerFrame) / info.imuRateMilliHz + ON_ITS_WAY_S;
      const delaysS = runs.map(({ startedS, frames }) => (frames[0]?.arrivalS ?? Infinity) - startedS);
      const longestS = Math.max(...delaysS);
      return passIf(longestS <= limitS, longestS === Infinity ? 'no frame' : `first frame after ${(longestS * 1000).toFixed(0)} ms`);
    },
  },
  {
    id: 'stream/sequence-start',
    section: 5,
    expected: '0 in the first frame after each start',
    judge: ({ runs }) => {
      const firsts = runs.flatMap(({ frames }) => (frames[0] ? [frames[0].frame.sequence] : []));
      return firsts.length === 0 ? skipped(NO_STREAM) : passIf(firsts.every((first) => first === 0), firsts.join(', '));
    },
  },
  {
    id: 'stream/sequence-order',
    section: 5,
    expected: 'numbers that go up, each at most once',
    judge: ({ runs }) => {
      const steps = runs.flatMap(stepsOf);
      const wrong = steps.filter((step) => step <= 0).length;
      return steps.length === 0 ? skipped(NO_STREAM) : passIf(wrong === 0, wrong === 0 ? `${steps.length} steps up` : `${wrong} of ${steps.length} steps not up`);
    },
  },
  {
    id: 'stream/sequence-losses',
    section: 5,
    expected: 'as many numbers missing as droppedFrames tells',
    judge: ({ runs, statuses }) => {
      const told = runs.flatMap((run, index) => {
        const untilS = runs[index + 1]?.startedS ?? Infinity;
        const status = statuses.findLast(({ arrivalS }) => run.stoppedS !== null && arrivalS >= run.stoppedS && arrivalS < untilS);
        return status ? [{ missing: missingIn(run), dropped: status.droppedFrames }] : [];
      });
      if (told.length === 0) return skipped('no status after the stream');
      const wrong = told.filter(({ missing, dropped }) => missing > dropped || dropped > missing + UNSEEN_AT_END);
      const [{ missing, dropped }] = [...wrong, ...told] as [(typeof told)[number]];
      return passIf(wrong.length === 0, `${missing} missing, ${dropped} dropped`);
    },
  },
  {
    id: 'stream/samples-per-frame',
    section: 5,
    expected: 'samplesPerFrame samples in each frame',
    judge: inMain(({ frames }, { info }) => {
      if (info === null) return skipped('the info value cannot be read');
      const others = frames.filter(({ frame }) => frame.imuCount !== info.samplesPerFrame).length;
      return others === 0 ? pass(`${info.samplesPerFrame} in each`) : advice(`another number in ${others} of ${frames.length}`);
    }),
  },
  {
    id: 'stream/cell-count',
    section: 5,
    expected: 'in frames with readings, the cellCount of the info value',
    judge: inMain(({ frames }, { info }) => {
      if (info === null) return skipped('the info value cannot be read');
      const counts = new Set(frames.flatMap(({ frame }) => (frame.readingCount > 0 ? [frame.cellCount] : [])));
      if (counts.size === 0) return skipped('no readings');
      return passIf(counts.size === 1 && counts.has(info.cells.length), `${[...counts].join(', ')}, info ${info.cells.length}`);
    }),
  },
  {
    id: 'stream/readings',
    section: 5,
    expected: 'pressure readings at their rate in the info value',
    judge: inMain(({ frames }, { info }) => {
      if (info === null) return skipped('the info value cannot be read');
      const samples = frames.reduce((sum, { frame }) => sum + frame.imuCount, 0);
      const readings = frames.reduce((sum, { frame }) => sum + frame.readingCount, 0);
      const expected = (samples * info.pressureRateMilliHz) / info.imuRateMilliHz;
      return passIf(Math.abs(readings - expected) <= 1 + RATE_SHARE * expected, `${readings} beside ${samples} samples, expected ${expected.toFixed(0)}`);
    }),
  },
  {
    id: 'stream/haptic-flag',
    section: 5,
    expected: `hapticActive while a pattern plays and ${RINGING_S * 1000} ms after it`,
    judge: inMain(({ frames }, { evidence, info }) => {
      const answer = evidence.exchanges.find(({ name }) => name === 'haptic')?.answers[0];
      const response = answer && decodeResponse(answer.bytes);
      if (info === null || !response?.ok || response.value.result !== 'success') return skipped('no pattern was played');
      const { pulses, pulseMs, gapMs } = HAPTIC_PATTERN;
      const neededS = (pulses * pulseMs + (pulses - 1) * gapMs) / 1000 + RINGING_S;
      const frameS = (1000 * info.samplesPerFrame) / info.imuRateMilliHz;
      const flagged = frames.filter(({ frame }) => frame.flags.hapticActive);
      if (flagged.length === 0) return fail('in no frame');
      const lastedS = flagged.at(-1)!.deviceS - flagged[0]!.deviceS + frameS;
      const holes = frames.filter(({ frame, deviceS }) => !frame.flags.hapticActive && deviceS > flagged[0]!.deviceS && deviceS < flagged.at(-1)!.deviceS).length;
      return passIf(holes === 0 && lastedS >= neededS - frameS, `for ${lastedS.toFixed(2)} s of ${neededS.toFixed(2)} s${holes > 0 ? `, ${holes} frames without` : ''}`);
    }),
  },
];
