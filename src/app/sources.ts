import { createAir, type Air } from '../../simulators/radio/air.ts';
import type { PeripheralHandle } from '../../simulators/radio/peripheral.ts';
import { createFaultyFirmware, type FaultyFirmware } from '../../simulators/faults/firmware.ts';
import { scheduleFaults } from '../../simulators/faults/schedule.ts';
import type { Fault } from '../../simulators/faults/script.ts';
import type { RadioFirmware } from '../../simulators/radio/firmware.ts';
import { createRandom } from '../../simulators/random.ts';
import { createVirtualRoller, LOOP_REST_S } from '../../simulators/roller/roller.ts';
import { DEFAULT_SCENARIO, findScenario, SCENARIOS } from '../../simulators/scenarios/library.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { createVirtualWitMotion } from '../../simulators/witmotion/witmotion.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { openNoble } from '../link/ble/noble.ts';
import type { RollerMemory } from '../link/ble/target.ts';
import type { Mounting } from '../link/drivers/driver.ts';
import { USUAL_MOUNTING } from '../link/drivers/mounting.ts';
import type { PipelineConfig } from '../pipeline.ts';
import type { Rate } from '../sessions/transport.ts';
import { faultsOf } from './faults.ts';
import { createRadio, type Radio } from './radio.ts';
import { openReplay } from './replay.ts';
import type { Source, SourceSet } from './source.ts';

export interface SourceOptions {
  readonly source: 'simulator' | 'ble' | 'replay';
  readonly scenario?: string | undefined;
  readonly seed: number;
  /** What a simulated roller has inside. */
  readonly sensor?: Sensor | undefined;
  /** How a bought sensor sits in its roller. */
  readonly radiusMm?: number | undefined;
  readonly axis?: Mounting['axis'] | undefined;
  /** What goes wrong on the simulated radio, as simulators/faults/script.ts reads it. */
  readonly faults?: string | undefined;
  readonly recording?: string | undefined;
  readonly rate: Rate;
  /** Plays on from the beginning. */
  readonly loop?: boolean | undefined;
  /** Names, addresses or device ids, with commas between them. */
  readonly device?: string | undefined;
  /** How many at once; a recording has one. */
  readonly rollers?: number | undefined;
}

type Sensor = 'roller' | 'witmotion';

interface SourceContext {
  readonly clock: Clock;
  /** Gets the one line on what is missing. */
  readonly report: (line: string) => void;
  /** What a recording is judged by, where it does not tell or where it is set otherwise. */
  readonly config: Pick<PipelineConfig, 'coaching' | 'overrides'>;
  /** Rollers met before: one of them is preferred to a stranger. */
  readonly memory?: RollerMemory | undefined;
}

type OpenSource = (options: SourceOptions, context: SourceContext) => Promise<SourceSet>;

/** How each kind of source is opened. Rejects with E_SCENARIO, E_USAGE or what reading a recording rejects with. */
export const SOURCES: Readonly<Record<SourceOptions['source'], OpenSource>> = {
  simulator: async (options, { clock, report, memory }) => {
    const { scenario: name = DEFAULT_SCENARIO.name, seed, sensor = 'roller', rollers = 1 } = options;
    const faults = faultsOf(options);
    const scenario = findScenario(name);
    if (scenario === null) {
      throw new AppError('E_SCENARIO', `there is no scenario ${name}`, `choose one of ${SCENARIOS.map((each) => each.name).join(', ')}`);
    }
    const air = createAir({ seed });
    const adapter = air.central();
    const virtual = Array.from({ length: rollers }, (_, index) => putOnAir(air, sensor, scenario, index, seedOf(seed, index)));
    const [{ roller, firmware }] = virtual as [VirtualRoller];
    const told = (fault: Fault, phase: string): void => report(`fault ${fault.kind} ${phase}`);
    // Advice about adapters would mislead here: a software radio that does not start is a fault of the program.
    const opening = openNoble({ hciSocket: adapter }).catch((cause: unknown) => {
      throw new AppError('E_INTERNAL', 'the software radio did not start', 'please report this', { cause });
    });
    // Their time begins when the adapter is up; what befalls a roller befalls the first.
    const schedule = opening.then(() => scheduleFaults({ faults, targets: { air, adapter, roller, firmware }, seed, told }));
    const radio = createRadio({ opening, clock, memory, mounting: mountingOf(options), onMissing: (error) => report(error.line) });
    const script = { commands: scenario.commands, periodS: scenario.segments.reduce((sum, { seconds }) => sum + seconds, LOOP_REST_S) };
    return {
      kind: 'simulated',
      title: `${rollers === 1 ? 'simulated roller' : `${rollers} simulated rollers`}, scenario ${scenario.name}`,
      stations: virtual.map(({ address }, index) => ({
        ...overRadio(radio, address, clock),
        kind: 'simulated',
        scenario: scenario.name,
        seed: seedOf(seed, index),
        script,
        start: 'first-frame',
      })),
      listen: radio.listen,
      close: async () => {
        await schedule.then((begun) => begun.close(), () => undefined);
        await radio.close().finally(() => air.close());
      },
    };
  },

  ble: (options, { clock, report, memory }) => {
    faultsOf(options);
    const devices = options.device?.split(',').map((device) => device.trim()).filter((device) => device !== '') ?? [];
    const count = Math.max(options.rollers ?? 1, devices.length);
    const radio = createRadio({ opening: openNoble(), clock, memory, mounting: mountingOf(options), onMissing: (error) => report(error.line) });
    return Promise.resolve({
      kind: 'live',
      title: liveTitle(devices, count),
      stations: Array.from({ length: count }, (_, index) => ({ ...overRadio(radio, devices[index] ?? null, clock), kind: 'live', start: 'first-contact' })),
      listen: radio.listen,
      close: radio.close,
    });
  },

  replay: async (options, { clock, report, config }) => {
    const { recording, rate, loop = false } = options;
    faultsOf(options);
    if (recording === undefined) throw new AppError('E_USAGE', 'there is nothing to replay', 'say which: --recording FILE');
    return openReplay({ recording, rate, loop, config, clock, report });
  },
};

interface VirtualRoller {
  readonly address: string;
  readonly roller: PeripheralHandle;
  readonly firmware: FaultyFirmware;
}

type CreateFirmware = (options: { scenario: Scenario; seed: number; loop: boolean; begunAgoS: number | null }) => RadioFirmware;
const FIRMWARES: Readonly<Record<Sensor, CreateFirmware>> = { roller: createVirtualRoller, witmotion: createVirtualWitMotion };

const mountingOf = ({ radiusMm = USUAL_MOUNTING.radiusMm, axis = USUAL_MOUNTING.axis }: SourceOptions): Mounting => ({ radiusMm, axis });

/** Each has a person, a device id and a name of its own. */
function putOnAir(air: Air, sensor: Sensor, scenario: Scenario, index: number, seed: number): VirtualRoller {
  const firmware = createFaultyFirmware((begunAgoS) => FIRMWARES[sensor]({ scenario, seed, loop: true, begunAgoS }), createRandom(seed, 'stale'));
  const address = `f0:00:00:00:00:0${index + 1}`;
  return { address, firmware, roller: air.peripheral(firmware, { address }) };
}

const seedOf = (seed: number, index: number): number => (seed + index) % 2 ** 32;

/** What stations over a radio have in common. */
function overRadio(radio: Radio, device: string | null, clock: Clock): Omit<Source, 'kind' | 'start'> {
  const link = radio.link(device);
  return { scenario: null, seed: null, inputs$: link.events$, request: link.request, clock, script: null, meet: link.meet, transport: null };
}

function liveTitle(devices: readonly string[], count: number): string {
  const any = count - devices.length;
  const named = devices.map((device) => `Bluetooth roller ${device}`);
  if (any === 0) return named.join(', ');
  return [...named, any === 1 ? 'the first Bluetooth roller heard' : `the first ${any} Bluetooth rollers heard`].join(', ');
}
