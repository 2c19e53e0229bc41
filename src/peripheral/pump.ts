import type { RollerFirmware, RollerOutput } from '../../simulators/roller/port.ts';
import type { Clock } from '../clock.ts';

/** Runs a firmware by the clock, from its power on. */
export interface Pump {
  /** Sends what is due; gives the time up to which, s since power on. */
  run(): number;
  /** To be called when the firmware may have something due sooner. */
  schedule(): void;
  stop(): void;
}

export function createPump(firmware: RollerFirmware, clock: Clock, send: (output: RollerOutput) => boolean): Pump {
  const powerOnS = clock.monotonicS();
  const nowS = (): number => clock.monotonicS() - powerOnS;
  let timer: NodeJS.Timeout | undefined;

  function run(): number {
    const untilS = nowS();
    for (const output of firmware.advance(untilS)) if (!send(output)) firmware.dropped(output);
    return untilS;
  }

  /** By the absolute time of the next output: an interval would drift. */
  function schedule(): void {
    clearTimeout(timer);
    const dueS = firmware.nextDueS();
    if (dueS === null) return;
    timer = setTimeout(() => {
      run();
      schedule();
    }, Math.max(0, (dueS - nowS()) * 1000));
  }

  return { run, schedule, stop: () => clearTimeout(timer) };
}
