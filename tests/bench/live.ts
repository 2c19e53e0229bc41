import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { WebSocket } from 'ws';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { createPipeline, stepPipeline, summarizePipeline } from '../../src/pipeline.ts';
import { serverMessage, type CueMessage } from '../../src/server/wire.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { socketUrl, startCompanionProcess } from '../support/companion-process.ts';

/** What the whole service did in a stretch of real time, seen from outside the process and from its recording. */
export interface LiveFigures {
  readonly seconds: number;
  readonly notifications: number;
  readonly perSecond: number;
  readonly lost: number;
  readonly snapshots: number;
  /** Share of one core, recording included; null where the system does not tell. */
  readonly cpuShare: number | null;
  /** From the arrival of the frame that made a cue due to its message at a client, ms. */
  readonly cueLatenciesMs: readonly { readonly kind: string; readonly tS: number; readonly ms: number }[];
}

/** Serves the default scenario for `seconds`, watches as a client would, then reads the recording that was made. */
export async function measureLive(seconds: number): Promise<LiveFigures> {
  const service = await startCompanionProcess();
  try {
    const cues: { cue: CueMessage; utcMs: number }[] = [];
    let snapshots = 0;
    const socket = new WebSocket(socketUrl(service.url));
    socket.on('message', (data: Buffer) => {
      const utcMs = performance.timeOrigin + performance.now();
      const message = serverMessage.parse(JSON.parse(data.toString()));
      if (message.type === 'snapshot') snapshots++;
      if (message.type === 'cue') cues.push({ cue: message, utcMs });
    });
    const before = cpuSecondsOf(service.pid);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    const after = cpuSecondsOf(service.pid);
    socket.close();
    await service.interrupt();
    return { seconds, snapshots, cpuShare: before === null || after === null ? null : (after - before) / seconds, ...(await fromRecording(service.data, cues)) };
  } finally {
    await service.stop();
  }
}

/** Linux counts in ticks of 10 ms; elsewhere there is nothing to read. */
function cpuSecondsOf(pid: number): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return null;
  }
}

/** Runs the recording through the pipeline again: the frame that yields a cue there made it due. */
async function fromRecording(folder: string, cues: readonly { cue: CueMessage; utcMs: number }[]) {
  const [file] = readdirSync(folder);
  const { events, meta } = await readRecording(path.join(folder, file as string));
  const pipeline = createPipeline({ coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' });
  const dueUtcMs = new Map<string, number>();
  for (const event of events) {
    for (const output of stepPipeline(pipeline, event)) {
      if (output.type === 'cue') dueUtcMs.set(`${output.event.kind} ${output.event.phase} ${output.event.tS}`, meta.startUtcMs + event.arrivalS * 1000);
    }
  }
  const cueLatenciesMs = cues.flatMap(({ cue, utcMs }) => {
    const due = dueUtcMs.get(`${cue.kind} ${cue.phase} ${cue.tS}`);
    return due === undefined || cue.phase === 'end' ? [] : [{ kind: cue.kind, tS: cue.tS, ms: utcMs - due }];
  });
  const { quality, durationS } = summarizePipeline(pipeline);
  return { notifications: quality.frames, lost: quality.lost, perSecond: quality.frames / durationS, cueLatenciesMs };
}
