import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { decodeStream } from '../../firmware-protocol/stream.ts';
import { createAir } from '../../simulators/radio/air.ts';
import { systemClock } from '../../src/clock.ts';
import { createBleLink } from '../../src/link/ble/ble-link.ts';
import { openNoble } from '../../src/link/ble/noble.ts';
import { breachesOf, runFaults } from '../link/fault-run.ts';
import { queueOf, randomScript } from '../link/random-script.ts';
import { installVirtualClock } from '../link/virtual-clock.ts';
import { createTestFirmware } from '../radio/test-firmware.ts';
import { say } from './report.ts';

const SCRIPTS = 200;
const SCRIPT_S = 120;
const COMEBACK_LIMIT_S = 5;
const CYCLES = 500;
/** The first ones fill caches. */
const WARM_UP_CYCLES = 50;
const HEAP_LIMIT_MB = 5;
const ROLLERS = 4;
const FOUR_S = 20;
const RATE = 50;

const addressOf = (index: number): string => `f0:a1:00:00:00:0${index}`;

/** npm run bench -- link: the link under faults. Prints figures and gives what was broken; times are told and never judged. */
export async function benchLink(): Promise<readonly string[]> {
  return [...(await randomScripts()), ...(await reconnects()), ...(await fourRollers())];
}

async function randomScripts(): Promise<readonly string[]> {
  const complaints: string[] = [];
  const comebacksS: number[] = [];
  const sum = { made: 0, delivered: 0, dropped: 0, cutOff: 0, streams: 0 };
  let worstDoseS = 0;
  const startMs = performance.now();
  for (let seed = 1; seed <= SCRIPTS; seed++) {
    const script = randomScript(seed, SCRIPT_S);
    const run = await runFaults({ script, seed, seconds: SCRIPT_S, queueFrames: queueOf(seed) });
    complaints.push(...breachesOf(run).map((breach) => `seed ${seed}, ${script}: ${breach}`));
    comebacksS.push(...run.comebacksS);
    for (const key of ['made', 'delivered', 'dropped', 'cutOff'] as const) sum[key] += run.balance[key];
    sum.streams += run.states.filter((state) => state === 'streaming').length;
    worstDoseS = Math.max(worstDoseS, Math.abs(run.doseS - run.dueDoseS));
  }
  comebacksS.sort((a, b) => a - b);
  const share = (part: number): number => comebacksS[Math.min(comebacksS.length - 1, Math.floor(part * comebacksS.length))] ?? NaN;
  say(`${SCRIPTS} random fault scripts of ${SCRIPT_S} s, ${sum.streams} streams, in ${((performance.now() - startMs) / 1000).toFixed(0)} s:
  frames: ${sum.made} made = ${sum.delivered} delivered + ${sum.dropped} dropped by the roller + ${sum.cutOff} cut off with a connection
  from back on air to the first frame, ${comebacksS.length} times: p50 ${share(0.5).toFixed(2)} s, p95 ${share(0.95).toFixed(2)} s, longest ${share(1).toFixed(2)} s
  dose: at most ${worstDoseS.toFixed(2)} s off`);
  if (!(share(0.95) <= COMEBACK_LIMIT_S)) complaints.push(`p95 from back on air to the first frame is ${share(0.95).toFixed(2)} s`);
  return complaints;
}

/** Drops, one after the other, in virtual time. */
async function reconnects(): Promise<readonly string[]> {
  const collect = garbageCollector();
  const clock = installVirtualClock();
  try {
    const air = createAir({ seed: 1 });
    const noble = await clock.settled(openNoble({ hciSocket: air.central() }));
    const roller = air.peripheral(createTestFirmware({ cells: 2 }), { address: addressOf(0) });
    let streams = 0;
    const subscription = createBleLink({ noble, device: null, clock: systemClock, random: () => 0.5 }).events$.subscribe((event) => {
      if (event.type === 'state' && event.state === 'streaming') streams++;
    });
    const cycle = async (): Promise<void> => {
      await clock.pass(12_000);
      roller.drop();
    };
    for (let index = 0; index < WARM_UP_CYCLES; index++) await cycle();
    collect();
    const [heapBefore, streamsBefore] = [process.memoryUsage().heapUsed, streams];
    for (let index = 0; index < CYCLES; index++) await cycle();
    collect();
    const grownMb = (process.memoryUsage().heapUsed - heapBefore) / 1e6;
    const done = streams - streamsBefore;
    subscription.unsubscribe();
    await clock.settled(noble.close());
    air.close();
    say(`${done} reconnects: the heap grew by ${grownMb.toFixed(2)} MB`);
    return [
      ...(done >= CYCLES ? [] : [`${done} of ${CYCLES} reconnects`]),
      ...(grownMb < HEAP_LIMIT_MB ? [] : [`the heap grew by ${grownMb.toFixed(1)} MB in ${CYCLES} reconnects`]),
    ];
  } finally {
    clock.restore();
  }
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** In real time, over one adapter. */
async function fourRollers(): Promise<readonly string[]> {
  const air = createAir({ seed: 1 });
  const noble = await openNoble({ hciSocket: air.central() });
  const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
  const rollers = Array.from({ length: ROLLERS }, (_, index) => {
    const name = `Roller ${index}`;
    air.peripheral(createTestFirmware({ name, deviceId: `001122334455660${index}`, cells: 8, ratePerS: RATE }), { address: addressOf(index) });
    const watched = { state: 'idle', sequences: [] as number[] };
    const subscription = createBleLink({ noble, device: name, clock: systemClock }).events$.subscribe((event) => {
      if (event.type === 'state') watched.state = event.state;
      if (event.type !== 'frame' || event.characteristic !== 'stream') return;
      const frame = decodeStream(event.bytes);
      watched.sequences.push(frame.ok ? frame.value.sequence : -1);
    });
    return { watched, subscription };
  });
  for (let tries = 0; tries < 300 && rollers.some(({ watched }) => watched.state !== 'streaming'); tries++) await wait(100);
  for (const { watched } of rollers) watched.sequences.length = 0;
  const before = process.cpuUsage();
  await wait(FOUR_S * 1000);
  const { user, system } = process.cpuUsage(before);
  const counts = rollers.map(({ watched: { sequences } }) => sequences.length);
  const lost = rollers.reduce((sum, { watched: { sequences } }) => sum + missing(sequences), 0);
  for (const { subscription } of rollers) subscription.unsubscribe();
  await noble.close();
  air.close();
  say(`${ROLLERS} rollers over one adapter for ${FOUR_S} s: ${counts.join(' + ')} frames, ${lost} lost, ${((user + system) / 1e4 / FOUR_S).toFixed(1)} % of one core`);
  return [
    ...(lost === 0 ? [] : [`${lost} frames of four rollers were lost`]),
    ...(counts.every((count) => count >= 0.95 * RATE * FOUR_S) ? [] : [`four rollers gave ${counts.join(', ')} frames in ${FOUR_S} s`]),
  ];
}

const missing = (sequences: readonly number[]): number =>
  sequences.slice(1).reduce((sum, sequence, index) => sum + (((sequence - sequences[index]!) & 0xffff) - 1), 0);
