import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createRandom } from '../../simulators/random.ts';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { AppError } from '../../src/errors.ts';
import { createPipeline, stepPipeline, type PipelineConfig, type PipelineInput } from '../../src/pipeline.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { cueOf, motionOf, startRecorder } from '../../src/sessions/recorder.ts';
import type { DerivedEvent, RecordedEvent, RecordingMeta } from '../../src/sessions/recording.ts';
import { openTransport } from '../../src/sessions/transport.ts';
import { saveRecording } from '../../src/sessions/writer.ts';
import { simulatedInputs } from '../support/simulated-inputs.ts';
import { say } from './report.ts';

const SCENE_S = 120;
const SCENES = 30;
const HOUR_NOTIFICATIONS = 180_000;
const LARGEST_RATIO = 1.1;
const LIVE_S = 20;
const SEEKS = 40;
const ROUNDS = 5;
const CONFIG: PipelineConfig = { coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' };
const META: RecordingMeta = {
  sessionId: 'bench', startUtcMs: Date.UTC(2025, 0, 1), source: 'simulated', software: 'bench', scenario: 'tour', seed: 1, importedFrom: null,
};

/** npm run bench -- recording: an hour written, read, analysed and entered anywhere. Times are told and never judged; sizes and losses are. */
export async function benchRecording(): Promise<readonly string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'smart-roller-bench-'));
  try {
    const scene = simulatedInputs('tour', { seconds: SCENE_S });
    await live(folder, scene);
    return await anHour(path.join(folder, 'hour.mcap'), scene);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What recording adds to a program that gets frames in real time and runs them through the pipeline. */
async function live(folder: string, scene: readonly PipelineInput[]): Promise<void> {
  const troubles: AppError[] = [];
  const without = await cpuShare(scene, () => undefined, () => undefined);
  const recorder = startRecorder({ folder, meta: META, clock: systemClock, onTrouble: (trouble) => troubles.push(trouble) });
  const withIt = await cpuShare(scene, recorder.take, recorder.derived);
  await recorder.close();
  const { messages, damage } = await readRecording(recorder.file);
  say(`recording live for ${LIVE_S} s: ${percent(withIt - without)} of a core beyond the ${percent(without)} of the path, ${messages} messages, damage: ${damage}`);
}

async function cpuShare(
  scene: readonly PipelineInput[],
  take: (input: PipelineInput) => void,
  derived: (tick: Parameters<typeof motionOf>[0]) => void,
): Promise<number> {
  const state = createPipeline(CONFIG);
  const startS = systemClock.monotonicS();
  const before = process.cpuUsage();
  for (const input of scene) {
    if (input.arrivalS > LIVE_S) break;
    const aheadS = startS + input.arrivalS - systemClock.monotonicS();
    if (aheadS > 0) await new Promise((resolve) => setTimeout(resolve, aheadS * 1000));
    take({ ...input, arrivalS: startS + input.arrivalS });
    for (const output of stepPipeline(state, input)) if (output.type === 'tick') derived(output.tick);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6 / LIVE_S;
}

/** The scene again and again, with a device clock and a count that go on; what is made of it beside it, as live. */
function* hourOf(scene: readonly PipelineInput[], sizes: { payload: number; notifications: number }): Generator<RecordedEvent | DerivedEvent> {
  const state = createPipeline(CONFIG);
  const isStream = (input: PipelineInput): input is Extract<PipelineInput, { type: 'frame' }> => input.type === 'frame' && input.characteristic === 'stream';
  const firstFrame = scene.findIndex(isStream);
  for (let round = 0; round < SCENES; round++) {
    for (const input of round === 0 ? scene : scene.slice(firstFrame)) {
      const event = { ...input, arrivalS: input.arrivalS + round * SCENE_S };
      if (isStream(event)) {
        const bytes = Buffer.from(event.bytes);
        bytes.writeUInt16LE(sizes.notifications++ % 2 ** 16, 2);
        bytes.writeUInt32LE((bytes.readUInt32LE(4) + round * SCENE_S * 1e6) % 2 ** 32, 4);
        event.bytes = new Uint8Array(bytes);
        sizes.payload += bytes.length;
      }
      yield event;
      for (const output of stepPipeline(state, event)) {
        if (output.type === 'tick') yield motionOf(output.tick);
        if (output.type === 'cue') yield cueOf(output.event);
      }
    }
  }
}

async function anHour(file: string, scene: readonly PipelineInput[]): Promise<readonly string[]> {
  const sizes = { payload: 0, notifications: 0 };
  await saveRecording(file, META, hourOf(scene, sizes), 'zstd');
  const { size } = await stat(file);
  const ratio = size / sizes.payload;
  say(`an hour: ${sizes.notifications} notifications of ${megabytes(sizes.payload)}, ${megabytes(size)} on disk, ${ratio.toFixed(3)} times the payload`);

  const bareMs = await best(() => readFile(file));
  const told = (what: string, ms: number): void => say(`${what}: ${ms.toFixed(0)} ms, ${(ms / bareMs).toFixed(0)} times the bare read`);
  told('bare read of the file', bareMs);
  told('read as a recording', await best(() => readRecording(file)));
  const recording = await readRecording(file);
  const analysed = { frames: 0, lost: 0 };
  const analyseMs = await best(() => {
    const state = createPipeline(CONFIG);
    for (const event of recording.events) stepPipeline(state, event);
    Object.assign(analysed, state.quality);
  });
  told('analysed', analyseMs);
  await seeks(file, told);

  return [
    ...(ratio > LARGEST_RATIO ? [`the file is ${ratio.toFixed(2)} times its payload, more than ${LARGEST_RATIO}`] : []),
    ...(recording.damage === null ? [] : [`the file is damaged: ${recording.damage}`]),
    ...(analysed.frames === sizes.notifications && analysed.lost === 0 ? [] : [`${analysed.frames} of ${sizes.notifications} frames were read, ${analysed.lost} lost`]),
    ...(sizes.notifications >= HOUR_NOTIFICATIONS ? [] : [`an hour has ${HOUR_NOTIFICATIONS} notifications, not ${sizes.notifications}`]),
  ];
}

/** From the wish to the state that the next snapshot shows. */
async function seeks(file: string, told: (what: string, ms: number) => void): Promise<void> {
  const openMs = performance.now();
  const transport = await openTransport({ playlist: [file], clock: systemClock, configOf: () => CONFIG, paused: true });
  transport.inputs$.subscribe();
  const random = createRandom(1, 'seeks');
  let longestTurnMs = 0;
  while (transport.state$.value.indexedS < transport.state$.value.durationS) {
    const turnMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 0));
    longestTurnMs = Math.max(longestTurnMs, performance.now() - turnMs);
  }
  told(`checkpoints made in the background, at most ${longestTurnMs.toFixed(0)} ms at a time`, performance.now() - openMs);
  const tookMs: number[] = [];
  for (let seek = 0; seek < SEEKS; seek++) {
    const startMs = performance.now();
    await transport.seek(random.next() * transport.state$.value.durationS);
    tookMs.push(performance.now() - startMs);
  }
  transport.close();
  tookMs.sort((a, b) => a - b);
  told(`seek, the median of ${SEEKS}`, tookMs[SEEKS / 2]!);
  told('seek, the longest', tookMs.at(-1)!);
}

async function best(work: () => unknown): Promise<number> {
  let bestMs = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const startMs = performance.now();
    await work();
    bestMs = Math.min(bestMs, performance.now() - startMs);
  }
  return bestMs;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
