import { createAir } from '../../simulators/radio/air.ts';
import { createVirtualRoller } from '../../simulators/roller/roller.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { createVirtualWitMotion } from '../../simulators/witmotion/witmotion.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { openNoble, type NobleHandle } from '../link/ble/noble.ts';

export type RadioSource = Exclude<Config['source'], 'replay'>;

const ROLLER_ADDRESS = 'f0:00:00:00:00:01';

/** The source of a command that listens to a radio. Throws E_USAGE for a recording, which has none. */
export function radioSource({ source }: Config): RadioSource {
  if (source === 'replay') throw new AppError('E_USAGE', 'a recording has no radio to listen to', 'choose --source ble or --source simulator');
  return source;
}

interface RadioConfig {
  readonly scenario: Scenario;
  readonly seed: number;
  /** What the simulated roller has inside. */
  readonly sensor?: Config['sensor'];
}

/** Each: what starts noble, and what is to be taken down after it. */
const RADIOS: Readonly<Record<RadioSource, (config: RadioConfig) => { open: () => Promise<NobleHandle>; close: () => void }>> = {
  ble: () => ({ open: () => openNoble(), close: () => undefined }),
  simulator: ({ scenario, seed, sensor }) => {
    const air = createAir({ seed });
    const create = sensor === 'witmotion' ? createVirtualWitMotion : createVirtualRoller;
    air.peripheral(create({ scenario, seed, loop: true }), { address: ROLLER_ADDRESS });
    return { open: () => openNoble({ hciSocket: air.central() }), close: () => air.close() };
  },
};

/** Lets `work` at the radio of a source and takes everything down, whatever comes of it. Rejects with E_BLUETOOTH. */
export async function withRadio<T>(source: RadioSource, config: RadioConfig, work: (noble: NobleHandle) => Promise<T>): Promise<T> {
  const { open, close } = RADIOS[source](config);
  try {
    const noble = await open();
    try {
      return await work(noble);
    } finally {
      await noble.close();
    }
  } finally {
    close();
  }
}
