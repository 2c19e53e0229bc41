import type { EventEmitter } from 'node:events';
import process from 'node:process';
import { createFaultyFirmware } from '../../simulators/faults/firmware.ts';
import type { FaultName } from '../../simulators/faults/kinds.ts';
import { scheduleFaults } from '../../simulators/faults/schedule.ts';
import { parseFaults, type Fault } from '../../simulators/faults/script.ts';
import { strokes } from '../../simulators/body/segment.ts';
import { createAir } from '../../simulators/radio/air.ts';
import { createRandom } from '../../simulators/random.ts';
import { createVirtualRoller } from '../../simulators/roller/roller.ts';
import { define } from '../../simulators/scenarios/define.ts';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { createBleLink } from '../../src/link/ble/ble-link.ts';
import { knownPeripherals } from '../../src/link/ble/noble-port.ts';
import { openNoble } from '../../src/link/ble/noble.ts';
import { createPipeline, stepPipeline, viewPipeline } from '../../src/pipeline.ts';
import { keepLedger, type Balance } from './ledger.ts';
import { installVirtualClock } from './virtual-clock.ts';

/** A person who never stops: each second of frames is a second of dose. */
const SCENARIO = define({ name: 'steady', title: 'Rolls and rolls', group: 'quadriceps', segments: [strokes(600, 30, 6, 30)] });

export interface FaultRunOptions {
  readonly script: string;
  readonly seed: number;
  readonly seconds: number;
  /** Of the roller's radio; one that is smaller loses frames where the link survives. */
  readonly queueFrames?: number;
}

export interface FaultRun {
  readonly script: string;
  readonly balance: Balance;
  /** From the end of a radio silence, with nothing else wrong any more, to the first frame, s. */
  readonly comebacksS: readonly number[];
  /** Dose told, and dose that the frames delivered hold, s. */
  readonly doseS: number;
  readonly dueDoseS: number;
  /** Missing by the pipeline's account. */
  readonly lost: number;
  readonly states: readonly string[];
  /** What should not be: rejections nobody handled, errors of the link. */
  readonly failures: readonly string[];
  /** Timers and listeners that were left. */
  readonly leaks: readonly string[];
}

/** Faults in which nothing is heard, and the others that keep a link from coming back. */
const SILENCES: ReadonlySet<FaultName> = new Set(['blackout', 'vanish', 'reset', 'adapter-off']);
const HARMLESS: ReadonlySet<FaultName> = new Set(['loss', 'bursts', 'stale']);

/** A gap longer than this is no contact, and contact has to last so long to be one. */
const BRIDGE_S = 0.5;
const DEBOUNCE_S = 0.2;
const FRAME_S = 0.02;
const QUEUE_FRAMES = 128;
/** Frames that a connection takes with it when it ends: a full queue, the controller's buffers, and a few on their way. */
const CUT_OFF_LIMIT = QUEUE_FRAMES + 12;
const DOSE_ERROR_S = 1;
/** Longer than a link takes to stop a stream and to disconnect. */
const GOODBYE_MS = 6000;

/** What a run shows that must not be. With copies of old frames among them, numbers alone do not tell what is lost. */
export function breachesOf({ balance, failures, leaks, doseS, dueDoseS, lost, states }: FaultRun): readonly string[] {
  const starts = states.filter((state) => state === 'subscribing').length;
  return [
    ...failures,
    ...leaks.map((leak) => `left: ${leak}`),
    ...balance.unexplained,
    ...(balance.made === balance.delivered + balance.dropped + balance.cutOff ? [] : ['the balance of frames is not even']),
    ...(balance.cutOff <= starts * CUT_OFF_LIMIT ? [] : [`${balance.cutOff} frames were cut off in ${starts} connections`]),
    ...(lost === balance.gaps || balance.copiesDelivered > 0 ? [] : [`the pipeline counts ${lost} lost frames, and ${balance.gaps} are`]),
    ...(Math.abs(doseS - dueDoseS) <= DOSE_ERROR_S ? [] : [`a dose of ${doseS.toFixed(2)} s was told, and ${dueDoseS.toFixed(2)} s delivered`]),
  ];
}

/** Runs a script on the software radio under the real noble, link and pipeline, in virtual time. */
export async function runFaults({ script, seed, seconds, queueFrames = QUEUE_FRAMES }: FaultRunOptions): Promise<FaultRun> {
  const parsed = parseFaults(script);
  if (!parsed.ok) throw new Error(`${script}: ${parsed.problem.message}`);
  const failures: string[] = [];
  const rejected = (reason: unknown): void => void failures.push(`nobody handled ${String(reason)}`);
  process.on('unhandledRejection', rejected);
  const clock = installVirtualClock();
  try {
    const air = createAir({ seed });
    const adapter = air.central();
    const noble = await clock.settled(openNoble({ hciSocket: adapter }));
    const listenersAtFirst = listenersOf(noble.noble);
    const faulty = createFaultyFirmware((begunAgoS) => createVirtualRoller({ scenario: SCENARIO, seed, begunAgoS }), createRandom(seed, 'stale'));
    const ledger = keepLedger(faulty);
    const roller = air.peripheral(ledger.firmware, { address: 'f0:a1:00:00:00:02', queueFrames });
    const pipeline = createPipeline({ coaching: defaultCoachingConfig, overrides: { group: 'quadriceps', side: 'left' }, start: 'first-frame' });
    const comebacks = watchComebacks();
    const states: string[] = [];
    const random = createRandom(seed, 'link');
    const link = createBleLink({ noble, device: null, clock: systemClock, random: () => random.next() });
    const subscription = link.events$.subscribe({
      next: (event) => {
        if (event.type === 'state') states.push(event.state);
        if (event.type === 'frame' && event.characteristic === 'stream') {
          ledger.delivered(event.bytes);
          comebacks.frame(event.arrivalS);
        }
        stepPipeline(pipeline, event);
      },
      error: (error: unknown) => failures.push(`the link failed: ${String(error)}`),
    });
    const targets = { air, adapter, rollers: [{ roller, firmware: faulty }] };
    const schedule = scheduleFaults({ faults: parsed.faults, targets, seed, told: comebacks.fault });
    await clock.pass(seconds * 1000);
    const balance = ledger.balance();

    const leaks: string[] = [];
    schedule.close();
    subscription.unsubscribe();
    await clock.pass(GOODBYE_MS);
    // Before noble is closed, which sweeps up what others leave.
    const left = (name: string, count: number): unknown => count !== 0 && leaks.push(`${count} ${name}`);
    left('listeners on noble', listenersOf(noble.noble) - listenersAtFirst);
    for (const peripheral of knownPeripherals(noble.noble)) left('listeners on a peripheral', listenersOf(peripheral));
    await clock.settled(noble.close());
    air.close();
    await clock.pass(10);
    left('timers', clock.waiting);
    left('listeners on the adapter', listenersOf(adapter));
    const { coaching } = viewPipeline(pipeline);
    return {
      script, balance, states, failures, leaks, lost: pipeline.quality.lost, comebacksS: comebacks.waitsS,
      doseS: coaching.doses.reduce((sum, { doseS }) => sum + doseS, 0), dueDoseS: dueDose(balance.deliveredDueS),
    };
  } finally {
    clock.restore();
    process.removeListener('unhandledRejection', rejected);
  }
}

const listenersOf = (emitter: EventEmitter): number =>
  emitter.eventNames().reduce((sum, event) => sum + emitter.listenerCount(event), 0);

/** Contact that frames hold which were due at these times, of a person who is in contact all the time. */
function dueDose(framesDueS: readonly number[]): number {
  let doseS = 0;
  let sinceS = framesDueS[0] ?? 0;
  for (const [index, dueS] of framesDueS.entries()) {
    const nextS = framesDueS[index + 1] ?? Infinity;
    if (nextS - dueS - FRAME_S <= BRIDGE_S) continue;
    doseS += Math.max(0, dueS + FRAME_S - sinceS - DEBOUNCE_S);
    sinceS = nextS;
  }
  return doseS;
}

function watchComebacks() {
  const active = new Map<Fault, FaultName>();
  const waitsS: number[] = [];
  let backS: number | null = null;
  return {
    waitsS,
    fault: (fault: Fault, phase: 'begins' | 'ends'): void => {
      if (HARMLESS.has(fault.kind)) return;
      if (phase === 'begins') active.set(fault, fault.kind);
      else active.delete(fault);
      backS = phase === 'ends' && active.size === 0 && SILENCES.has(fault.kind) ? systemClock.monotonicS() : null;
    },
    frame: (arrivalS: number): void => {
      if (backS !== null) waitsS.push(arrivalS - backS);
      backS = null;
    },
  };
}
