import { createFaultyFirmware } from '../../simulators/faults/firmware.ts';
import { scheduleFaults } from '../../simulators/faults/schedule.ts';
import { parseFaults } from '../../simulators/faults/script.ts';
import { createAir } from '../../simulators/radio/air.ts';
import type { RadioFirmware } from '../../simulators/radio/firmware.ts';
import { createRandom } from '../../simulators/random.ts';
import { createTruth, type Truth } from '../../simulators/roller/truth.ts';
import { personOf, type Scenario } from '../../simulators/scenarios/scenario.ts';
import { createVirtualWitMotion } from '../../simulators/witmotion/witmotion.ts';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { CueEvent } from '../../src/coaching/events.ts';
import { createBleLink } from '../../src/link/ble/ble-link.ts';
import { openNoble } from '../../src/link/ble/noble.ts';
import type { Mounting } from '../../src/link/drivers/driver.ts';
import type { LinkEvent, RollerLink } from '../../src/link/port.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { createPipeline, stepPipeline, type PipelineState } from '../../src/pipeline.ts';
import { installVirtualClock } from './virtual-clock.ts';

export interface WitMotionRunOptions {
  readonly scenario: Scenario;
  readonly seconds: number;
  readonly seed?: number;
  /** What the sensor sends at when it is found; the link asks for 100 Hz, unless it is deaf to that. */
  readonly rateHz?: number;
  readonly deaf?: boolean;
  readonly mounting?: Mounting;
  readonly faults?: string;
  /** Another firmware than the virtual WitMotion's. */
  readonly change?: (firmware: RadioFirmware) => RadioFirmware;
  /** Done while it streams, after so many seconds. */
  readonly meanwhile?: { readonly atS: number; readonly work: (link: RollerLink) => Promise<void> };
}

export interface WitMotionRun {
  readonly ticks: readonly MotionTick[];
  readonly cues: readonly CueEvent[];
  readonly events: readonly LinkEvent[];
  readonly states: readonly string[];
  readonly reasons: readonly (string | null)[];
  readonly pipeline: PipelineState;
}

/** A virtual WitMotion on the software radio, the real noble, the link and the pipeline, in virtual time. */
export async function runWitMotion(options: WitMotionRunOptions): Promise<WitMotionRun> {
  const { scenario, seconds, seed = 1, rateHz = 10, deaf = false, mounting, faults = '', change = (firmware) => firmware, meanwhile } = options;
  const parsed = faults === '' ? { ok: true as const, faults: [] } : parseFaults(faults);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const clock = installVirtualClock();
  try {
    const air = createAir({ seed });
    const adapter = air.central();
    const noble = await clock.settled(openNoble({ hciSocket: adapter }));
    const firmware = createFaultyFirmware((begunAgoS) => {
      const sensor = change(createVirtualWitMotion({ scenario, seed, rateHz, begunAgoS }));
      return deaf ? { ...sensor, control: () => null } : sensor;
    }, createRandom(seed, 'stale'));
    const roller = air.peripheral(firmware, { address: 'dd:cd:15:4c:f2:31' });
    const pipeline = createPipeline({
      coaching: defaultCoachingConfig, overrides: { group: scenario.group, side: 'left', massKg: 75 }, start: 'first-frame',
    });
    const run = { ticks: [] as MotionTick[], cues: [] as CueEvent[], events: [] as LinkEvent[], states: [] as string[], reasons: [] as (string | null)[], pipeline };
    const link = createBleLink({ noble, device: null, clock: systemClock, random: () => 0.5, mounting });
    const subscription = link.events$.subscribe((event) => {
      run.events.push(event);
      if (event.type === 'state') {
        run.states.push(event.state);
        run.reasons.push(event.reason);
      }
      for (const output of stepPipeline(pipeline, event)) {
        if (output.type === 'tick') run.ticks.push(output.tick);
        if (output.type === 'cue') run.cues.push(output.event);
      }
    });
    const schedule = scheduleFaults({ faults: parsed.faults, targets: { air, adapter, rollers: [{ roller, firmware }] }, seed });
    await clock.pass((meanwhile?.atS ?? seconds) * 1000);
    if (meanwhile) {
      await clock.settled(meanwhile.work(link));
      await clock.pass((seconds - meanwhile.atS) * 1000);
    }
    schedule.close();
    subscription.unsubscribe();
    await clock.pass(6000);
    await clock.settled(noble.close());
    air.close();
    return run;
  } finally {
    clock.restore();
  }
}

/** Truth of a scenario of which the stream shows everything from its first sample on. */
export function truthOf(scenario: Scenario, seconds: number, seed = 1): readonly Truth[] {
  const bare: Scenario = { ...scenario, roller: { ...scenario.roller, cellsAround: 0 } };
  const next = createTruth(bare, personOf(scenario, seed), seed);
  return Array.from({ length: Math.round(seconds * 10) }, () => next());
}
