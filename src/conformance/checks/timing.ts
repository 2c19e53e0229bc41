import { passIf, skipped, type Check, type Verdict } from '../check.ts';
import { mainRun, signedStep, type Case, type SeenFrame, type SeenRun } from '../examine.ts';

/** Rate, device clock and punctuality of the stream. */

const RATE_SHARE = 0.03;
/** An instant is told to 1 ms; a step has two of them. */
const STEP_S = 0.002;
/** Samples that were never taken may leave a gap. */
const STEPS_SHARE = 0.01;
const CLOCK_SHARE = 500e-6;
/** What is left of the delays on the way when the quickest of many frames are compared: about one connection event. */
const ARRIVAL_S = 0.015;
const HANDING_S = 0.1;
const HANDING_PERCENTILE = 0.95;
const LEAST_S = 3;
const ACROSS_RUNS_S = 0.5;
/** An answer may be on its way longer than the quickest frame: some connection events. */
const ANSWER_S = 0.1;

interface Step {
  readonly deviceS: number;
  readonly samples: number;
}

/** From each frame to the next in number. */
const stepsOf = ({ frames }: SeenRun): Step[] =>
  frames.slice(1).flatMap((next, index) => {
    const before = frames[index]!;
    const follows = signedStep(before.frame.sequence, next.frame.sequence, 0x1_0000) === 1;
    return follows ? [{ deviceS: next.deviceS - before.deviceS, samples: before.frame.imuCount }] : [];
  });

/** Rate of the samples by the device clock, Hz; steps that are gaps or jumps are left out where most are not. */
function measuredRateHz(steps: readonly Step[], nominalHz: number): number {
  const even = steps.filter(({ deviceS, samples }) => Math.abs(deviceS - samples / nominalHz) <= STEP_S + (RATE_SHARE * samples) / nominalHz);
  const counted = even.length > steps.length / 2 ? even : steps;
  const sum = counted.reduce((so, { deviceS, samples }) => ({ deviceS: so.deviceS + deviceS, samples: so.samples + samples }), { deviceS: 0, samples: 0 });
  return sum.samples / sum.deviceS;
}

/** Delay of a frame against the clock of the roller, with an offset that is the same for all. */
const delayS = ({ arrivalS, deviceS }: SeenFrame): number => arrivalS - deviceS;
const leastDelayS = (frames: readonly SeenFrame[]): number => Math.min(...frames.map(delayS));

/** The frames of each second of arrival: over so short a time the two clocks agree. */
function bySecond(frames: readonly SeenFrame[]): SeenFrame[][] {
  const seconds = new Map<number, SeenFrame[]>();
  for (const frame of frames) {
    const second = Math.floor(frame.arrivalS);
    seconds.set(second, [...(seconds.get(second) ?? []), frame]);
  }
  return [...seconds.values()];
}

const inRun = (judge: (run: SeenRun, nominalHz: number, given: Case) => Verdict) => (given: Case): Verdict => {
  const run = mainRun(given);
  if (run === null || given.info === null || run.frames.length < 10) return skipped('too little was streamed');
  return judge(run, given.info.imuRateMilliHz / 1000, given);
};

export const TIMING_CHECKS: readonly Check[] = [
  {
    id: 'timing/clock-forward',
    section: 5,
    expected: 'a device clock that goes forward from frame to frame',
    judge: inRun((run) => {
      const back = stepsOf(run).filter(({ deviceS }) => deviceS <= 0).length;
      return passIf(back === 0, back === 0 ? 'forward' : `${back} times not forward`);
    }),
  },
  {
    id: 'timing/imu-rate',
    section: 5,
    expected: `the IMU rate of the info value, within ${RATE_SHARE * 100} %`,
    judge: inRun((run, nominalHz) => {
      const rateHz = measuredRateHz(stepsOf(run), nominalHz);
      return passIf(Math.abs(rateHz / nominalHz - 1) <= RATE_SHARE, `${rateHz.toFixed(2)} Hz, info ${nominalHz} Hz`);
    }),
  },
  {
    id: 'timing/steps',
    section: 5,
    expected: `times that tell the instant to 1 ms: steps even to ${STEP_S * 1000} ms, but for 1 % that may be gaps`,
    judge: inRun((run, nominalHz) => {
      const steps = stepsOf(run).filter(({ deviceS }) => deviceS > 0);
      const rateHz = measuredRateHz(steps, nominalHz);
      const errors = steps.map(({ deviceS, samples }) => Math.abs(deviceS - samples / rateHz));
      const uneven = errors.filter((error) => error > STEP_S).length;
      return passIf(uneven <= STEPS_SHARE * steps.length, `${uneven} of ${steps.length} uneven, ${(Math.max(...errors) * 1000).toFixed(2)} ms at most`);
    }),
  },
  {
    id: 'timing/clock-rate',
    section: 5,
    expected: 'a device clock within 500 ppm, as far as so short a time can tell',
    judge: inRun(({ frames }) => {
      const third = Math.floor(frames.length / 3);
      const [early, late] = [frames.slice(0, third), frames.slice(-third)];
      const spanS = late[0]!.deviceS - early[0]!.deviceS;
      if (Math.abs(late[0]!.arrivalS - early[0]!.arrivalS) < LEAST_S) return skipped(`less than ${LEAST_S} s apart`);
      const error = (leastDelayS(early) - leastDelayS(late)) / spanS;
      const limit = CLOCK_SHARE + ARRIVAL_S / Math.abs(spanS);
      return passIf(spanS > 0 && Math.abs(error) <= limit, `${(error * 1e6).toFixed(0)} ppm, told to ${(limit * 1e6).toFixed(0)} ppm`);
    }),
  },
  {
    id: 'timing/clock-runs-on',
    section: 5,
    expected: 'a device clock that runs on through a stop',
    judge: ({ runs }) => {
      const [before, after] = [runs[0]?.frames.at(-1), runs[1]?.frames[0]];
      if (!before || !after) return skipped('there was no second stream');
      const deviceS = signedStep(before.frame.deviceTimeUs, after.frame.deviceTimeUs, 2 ** 32) / 1e6;
      const passedS = after.arrivalS - before.arrivalS;
      return passIf(Math.abs(deviceS - passedS) <= ACROSS_RUNS_S, `${deviceS.toFixed(2)} s while ${passedS.toFixed(2)} s passed`);
    },
  },
  {
    id: 'timing/first-sample',
    section: 7,
    expected: 'a first sample not taken before the response to start',
    judge: inRun(({ startedS, frames }) => {
      // The quickest frame puts the clock of the roller too late by its own way, if at all: what is early by it is early.
      const earlyS = startedS - (frames[0]!.deviceS + leastDelayS(bySecond(frames)[0]!));
      return passIf(earlyS <= ANSWER_S, earlyS <= 0 ? 'after it' : `${(earlyS * 1000).toFixed(0)} ms before it`);
    }),
  },
  {
    id: 'timing/handing-over',
    section: 5,
    expected: `${HANDING_PERCENTILE * 100} % of the frames within ${HANDING_S * 1000} ms of the quickest of their second`,
    judge: inRun(({ frames }) => {
      const lateS = bySecond(frames).flatMap((second) => {
        const leastS = leastDelayS(second);
        return second.map((frame) => delayS(frame) - leastS);
      });
      const sorted = lateS.toSorted((a, b) => a - b);
      const atS = sorted[Math.floor(HANDING_PERCENTILE * (sorted.length - 1))]!;
      return passIf(atS <= HANDING_S, `${(atS * 1000).toFixed(0)} ms, ${(sorted.at(-1)! * 1000).toFixed(0)} ms at most`);
    }),
  },
];
