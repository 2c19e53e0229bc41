import { decodeResponse, PROCEDURES } from '../../firmware-protocol/control.ts';
import { CHARACTERISTICS, type CharacteristicName } from '../../firmware-protocol/gatt.ts';
import { decodeInfo } from '../../firmware-protocol/info.ts';
import type { Arrived, Evidence, Exchange, FoundCharacteristic, StreamRun } from './evidence.ts';
import { EXCHANGES, type Phase, type PlannedExchange } from './exchanges.ts';

/** A connected roller whose every byte can be seen. What it rejects with ends the collecting. */
export interface RollerOnBench {
  readonly name: string | null;
  readonly mtu: number | null;
  readonly characteristics: readonly FoundCharacteristic[];
  /** An empty value where the read is refused. */
  read(name: CharacteristicName): Promise<Uint8Array>;
  subscribe(name: CharacteristicName, heard: (arrived: Arrived) => void): Promise<void>;
  /** Writes to the control point; what comes of it is heard, or not. */
  write(request: Uint8Array): void;
  nowS(): number;
  pause(seconds: number): Promise<void>;
}

/** A client waits so long for an answer (SPEC.md, section 7). */
const ANSWER_S = 3;
const POLL_S = 0.02;
/** For a second answer that must not come, or what a refused write does. */
const GRACE_S = 0.06;
/** For frames that must not come after a stop. */
const QUIET_S = 0.5;
const AGAIN_S = 1;

const offering = ({ characteristics }: RollerOnBench) => (name: CharacteristicName): boolean =>
  characteristics.some(({ uuid }) => uuid === CHARACTERISTICS[name].uuid);

/** Listens to what is offered. Where there is no descriptor to turn it on by, nobody answers: that is for the checks to tell. */
async function hear(bench: RollerOnBench, name: CharacteristicName, heard: (arrived: Arrived) => void): Promise<void> {
  const found = bench.characteristics.find(({ uuid }) => uuid === CHARACTERISTICS[name].uuid);
  if (!found) return;
  await bench.subscribe(name, heard).catch((error: unknown) => {
    const isUnanswered = error instanceof Error && 'code' in error && error.code === 'E_LINK_TIMEOUT';
    if (!isUnanswered || found.configuration !== null) throw error;
  });
}

/** Starts a stream, for the connection to be ended while it runs. Tells whether it does; a roller of another version is not started. */
export async function startForLeaving(bench: RollerOnBench): Promise<boolean> {
  const offers = offering(bench);
  if (!offers('control') || !offers('info') || !decodeInfo(await bench.read('info')).ok) return false;
  let isStreaming = false;
  await hear(bench, 'control', ({ bytes }) => {
    const response = decodeResponse(bytes);
    isStreaming ||= response.ok && response.value.procedure === 'start' && response.value.result === 'success';
  });
  await hear(bench, 'stream', () => undefined);
  bench.write(Uint8Array.of(PROCEDURES.start.opCode));
  await bench.pause(QUIET_S);
  return isStreaming;
}

/** Runs a roller through every exchange and `seconds` of streaming. A roller whose info value cannot be read is not started. */
export async function collect(bench: RollerOnBench, { seconds, leftStreaming }: { seconds: number; leftStreaming: boolean }): Promise<Evidence> {
  const offers = offering(bench);
  const values: Partial<Record<CharacteristicName, Uint8Array>> = {};
  for (const name of ['info', 'status', 'battery', 'manufacturer', 'model', 'firmware'] as const) {
    if (offers(name)) values[name] = await bench.read(name);
  }
  const info = decodeInfo(values.info ?? new Uint8Array());

  const infoAfter: { exchange: string | null; bytes: Uint8Array }[] = [];
  const statuses: Arrived[] = [];
  const strayFrames: Arrived[] = [];
  const exchanges: Exchange[] = [];
  const runs: { startedS: number; stoppedS: number | null; frames: Arrived[] }[] = [];
  let answers: Arrived[] = [];

  const heardFrame = (arrived: Arrived): void => {
    const run = runs.at(-1);
    (run && run.stoppedS === null ? run.frames : strayFrames).push(arrived);
  };
  const heardAnswer = (arrived: Arrived): void => {
    answers.push(arrived);
    const response = decodeResponse(arrived.bytes);
    if (!response.ok || response.value.result !== 'success') return;
    const run = runs.at(-1);
    if (response.value.procedure === 'start') runs.push({ startedS: arrived.arrivalS, stoppedS: null, frames: [] });
    if (response.value.procedure === 'stop' && run) run.stoppedS ??= arrived.arrivalS;
  };

  async function ask({ name, request, thenInfo }: PlannedExchange): Promise<void> {
    if (!info.ok) return;
    const bytes = request(info.value);
    const askedS = bench.nowS();
    answers = [];
    bench.write(bytes);
    while (answers.length === 0 && bench.nowS() - askedS < ANSWER_S) await bench.pause(POLL_S);
    await bench.pause(GRACE_S);
    exchanges.push({ name, request: bytes, askedS, answers });
    if (thenInfo) infoAfter.push({ exchange: name, bytes: await bench.read('info') });
  }

  async function askAll(phase: Phase): Promise<void> {
    for (const exchange of EXCHANGES) if (exchange.phase === phase) await ask(exchange);
  }

  const isStreaming = (): boolean => runs.length > 0 && runs.at(-1)!.stoppedS === null;

  const watchedFromS = bench.nowS();
  if (offers('control') && info.ok) {
    bench.write(Uint8Array.of(PROCEDURES.start.opCode));
    await bench.pause(GRACE_S);
    await hear(bench, 'control', heardAnswer);
  }
  await hear(bench, 'status', (arrived) => statuses.push(arrived));
  await hear(bench, 'stream', heardFrame);

  if (offers('control')) {
    await askAll('stopped');
    await askAll('start');
    if (isStreaming()) {
      const startedS = bench.nowS();
      await bench.pause(QUIET_S);
      await askAll('streaming');
      await bench.pause(Math.max(QUIET_S, seconds - (bench.nowS() - startedS)));
      await askAll('stop');
      await bench.pause(QUIET_S);
    }
    if (runs.length > 0 && !isStreaming()) {
      await askAll('again');
      await bench.pause(AGAIN_S);
      await askAll('stop-again');
      await bench.pause(QUIET_S);
    }
    await askAll('end');
  }
  if (offers('info')) infoAfter.push({ exchange: null, bytes: await bench.read('info') });
  const statusAtEnd = offers('status') ? await bench.read('status') : null;
  return {
    name: bench.name,
    mtu: bench.mtu,
    characteristics: bench.characteristics,
    leftStreaming,
    values,
    infoAfter,
    statuses,
    statusAtEnd,
    exchanges,
    runs: runs satisfies StreamRun[],
    strayFrames,
    watchedFromS,
    watchedToS: bench.nowS(),
  };
}
