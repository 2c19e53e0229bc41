import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { openNoble } from '../link/ble/noble.ts';
import type { RollerMemory } from '../link/ble/target.ts';
import type { Mounting } from '../link/drivers/driver.ts';
import { USUAL_MOUNTING } from '../link/drivers/mounting.ts';
import type { PipelineConfig } from '../pipeline.ts';
import type { Rate } from '../sessions/transport.ts';
import { scenarioCast, type ScenarioOptions } from './cast.ts';
import { faultsOf } from './faults.ts';
import { overRadio } from './over-radio.ts';
import { createRadio } from './radio.ts';
import { recordedCast } from './recorded-cast.ts';
import { openReplay } from './replay.ts';
import { openSimulator } from './simulator.ts';
import type { Source, SourceSet } from './source.ts';

export interface SourceOptions extends ScenarioOptions {
  readonly source: 'simulator' | 'ble' | 'replay';
  /** How a bought sensor sits in its roller. */
  readonly radiusMm?: number | undefined;
  readonly axis?: Mounting['axis'] | undefined;
  /** What goes wrong on the simulated radio, as simulators/faults/script.ts reads it. */
  readonly faults?: string | undefined;
  /** What is played, or what a simulated roller sends in place of a scenario. */
  readonly recording?: string | undefined;
  readonly rate: Rate;
  /** Plays on from the beginning. */
  readonly loop?: boolean | undefined;
  /** Names, addresses or device ids, with commas between them. */
  readonly device?: string | undefined;
}

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
  simulator: async (options, { clock, report, config, memory }) => {
    const { recording, seed } = options;
    const faults = faultsOf(options);
    const cast = recording === undefined ? scenarioCast(options) : await recordedCast({ ...options, recording }, { config, report });
    return openSimulator({ cast, seed, faults, mounting: mountingOf(options), memory, clock, report });
  },

  ble: (options, { clock, report, memory }) => {
    faultsOf(options);
    const devices = options.device?.split(',').map((device) => device.trim()).filter((device) => device !== '') ?? [];
    const count = Math.max(options.rollers ?? 1, devices.length);
    const radio = createRadio({ opening: openNoble(), clock, memory, mounting: mountingOf(options), onMissing: (error) => report(error.line) });
    const stationAt = (index: number): Source => ({ ...overRadio(radio, devices[index] ?? null, clock), kind: 'live', start: 'first-contact' });
    return Promise.resolve({
      kind: 'live',
      title: liveTitle(devices, count),
      stations: Array.from({ length: count }, (_, index) => stationAt(index)),
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

const mountingOf = ({ radiusMm = USUAL_MOUNTING.radiusMm, axis = USUAL_MOUNTING.axis }: SourceOptions): Mounting => ({ radiusMm, axis });

function liveTitle(devices: readonly string[], count: number): string {
  const any = count - devices.length;
  const named = devices.map((device) => `Bluetooth roller ${device}`);
  if (any === 0) return named.join(', ');
  return [...named, any === 1 ? 'the first Bluetooth roller heard' : `the first ${any} Bluetooth rollers heard`].join(', ');
}
