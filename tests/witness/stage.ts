import { test } from 'vitest';
import { openNoble, type NobleHandle } from '../../src/link/ble/noble.ts';
import { startBtvirt, whyNot } from './btvirt.ts';
import { openH4Socket } from './h4-socket.ts';
import { startRoller, type RollerProcess } from './roller.ts';
import { watch, type Watched } from './watch.ts';

/**
 * Nothing of this project lies between the two ends: our link over noble here, our roller over bleno in another process, and BlueZ's own
 * emulated controllers in a third.
 */
export interface Stage {
  readonly noble: NobleHandle;
  /** `smart-roller advertise` with these flags, once it is on air. */
  roller(...flags: readonly string[]): Promise<RollerProcess>;
  /** The link to the roller of that name. */
  watch(device: string): Watched;
  /** Ends every process. */
  close(): Promise<void>;
}

const missing = whyNot();
if (missing !== null) console.warn(`skipped: the independent witness of the Bluetooth code, because ${missing}`);

/** A test with a btvirt of its own; skipped, and said so, where there is none. */
export const witness = test
  .extend<{ readonly stage: Stage }>({
    stage: async ({ task: _task }, use) => {
      const stage = await openStage();
      await use(stage);
      await stage.close();
    },
  })
  .skipIf(missing !== null);

/** Side by side: they wait most of the time. */
export const ASIDE = { timeout: 40_000, concurrent: true } as const;

async function openStage(): Promise<Stage> {
  const btvirt = await startBtvirt();
  const noble = await openNoble({ hciSocket: await openH4Socket(btvirt.socket) });
  const rollers: RollerProcess[] = [];
  const links: Watched[] = [];
  return {
    noble,
    roller: async (...flags) => {
      const roller = startRoller(btvirt.socket, ...flags);
      rollers.push(roller);
      await roller.said(/ is on air at /);
      return roller;
    },
    watch: (device) => {
      const link = watch(noble, device);
      links.push(link);
      return link;
    },
    close: async () => {
      for (const link of links) link.close();
      await noble.close();
      for (const roller of rollers) await roller.kill();
      await btvirt.stop();
    },
  };
}
