import { createAir, type Air } from '../../simulators/radio/air.ts';
import type { PeripheralHandle } from '../../simulators/radio/peripheral.ts';
import { createFaultyFirmware, type FaultyFirmware } from '../../simulators/faults/firmware.ts';
import { scheduleFaults } from '../../simulators/faults/schedule.ts';
import type { Fault } from '../../simulators/faults/script.ts';
import { createRandom } from '../../simulators/random.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { openNoble } from '../link/ble/noble.ts';
import type { RollerMemory } from '../link/ble/target.ts';
import type { Mounting } from '../link/drivers/driver.ts';
import type { Cast, Part } from './cast.ts';
import { checkRollers } from './faults.ts';
import { overRadio } from './over-radio.ts';
import { createRadio } from './radio.ts';
import type { SourceSet } from './source.ts';

export interface SimulatorOptions {
  readonly cast: Cast;
  readonly seed: number;
  /** What befalls the radio, and each roller. */
  readonly faults: readonly Fault[];
  readonly mounting: Mounting;
  readonly memory: RollerMemory | undefined;
  readonly clock: Clock;
  readonly report: (line: string) => void;
}

/** Puts a cast on a software radio, under the real noble. */
export function openSimulator({ cast, seed, faults, mounting, memory, clock, report }: SimulatorOptions): SourceSet {
  checkRollers(faults, cast.parts.length);
  const air = createAir({ seed });
  const adapter = air.central();
  const onAir = cast.parts.map((part, index) => putOnAir(air, part, index, seed));
  const told = (fault: Fault, phase: string): void => report(`fault ${fault.kind}${fault.roller > 1 ? ` of roller ${fault.roller}` : ''} ${phase}`);
  // Advice about adapters would mislead here: a software radio that does not start is a fault of the program.
  const opening = openNoble({ hciSocket: adapter }).catch((cause: unknown) => {
    throw new AppError('E_INTERNAL', 'the software radio did not start', 'please report this', { cause });
  });
  // Their time begins when the adapter is up.
  const schedule = opening.then(() => scheduleFaults({ faults, targets: { air, adapter, rollers: onAir }, seed, told }));
  const radio = createRadio({ opening, clock, memory, mounting, onMissing: (error) => report(error.line) });
  return {
    kind: cast.parts[0]!.station.kind,
    title: cast.title,
    stations: onAir.map(({ address, station }) => {
      const link = overRadio(radio, address, clock);
      return { ...link, ...station, ...(station.kind === 'replay' && { meet: null }) };
    }),
    listen: radio.listen,
    close: async () => {
      await schedule.then((begun) => begun.close(), () => undefined);
      await radio.close().finally(() => air.close());
    },
  };
}

interface OnAir extends Pick<Part, 'station'> {
  readonly address: string;
  readonly roller: PeripheralHandle;
  readonly firmware: FaultyFirmware;
}

function putOnAir(air: Air, { createFirmware, station }: Part, index: number, seed: number): OnAir {
  const firmware = createFaultyFirmware(createFirmware, createRandom((seed + index) % 2 ** 32, 'stale'));
  const address = `f0:00:00:00:00:0${index + 1}`;
  return { address, firmware, station, roller: air.peripheral(firmware, { address }) };
}
