import { encodeStatus } from '../../firmware-protocol/status.ts';
import type { DeviceClock } from './device-clock.ts';
import type { RollerOutput } from './port.ts';
import type { Vitals } from './vitals.ts';

const STATUS_PERIOD_S = 10;

/** What the roller does that its status tells. */
export interface Activity {
  streaming: boolean;
  droppedFrames: number;
  brokenCells: number;
}

/** Tells a connected client of battery and status: on change, and status every 10 s. */
export interface Reporter {
  status(deviceS: number): Uint8Array;
  battery(deviceS: number): Uint8Array;
  connected(nowS: number): void;
  disconnected(): void;
  /** Looks for changes; what they make due waits to be taken. */
  watch(nowS: number): void;
  /** When there is something to take; Infinity without a client. */
  dueS(): number;
  take(): RollerOutput;
}

export function createReporter(vitals: (deviceS: number) => Vitals, activity: Readonly<Activity>, clock: DeviceClock): Reporter {
  let isConnected = false;
  let told: string | null = null;
  let toldBatteryPct: number | null = null;
  let statusDueS = Infinity;
  let waiting: RollerOutput[] = [];

  function status(deviceS: number): Uint8Array {
    const { batteryPct, lowBattery, temperatureC } = vitals(deviceS);
    return encodeStatus({
      batteryPct,
      faults: { imu: false, cells: activity.brokenCells > 0, lowBattery, overheated: false, clock: false },
      temperatureC,
      activity: { streaming: activity.streaming, charging: false },
      droppedFrames: activity.droppedFrames,
    });
  }

  const battery = (deviceS: number): Uint8Array => Uint8Array.of(vitals(deviceS).batteryPct);

  function tellStatus(dueS: number): void {
    waiting.push({ characteristic: 'status', bytes: status(clock.deviceS(dueS)), dueS });
    statusDueS = dueS + STATUS_PERIOD_S;
  }

  return {
    status,
    battery,
    connected(nowS) {
      if (isConnected) return;
      isConnected = true;
      statusDueS = nowS + STATUS_PERIOD_S;
    },
    disconnected() {
      isConnected = false;
      told = null;
      toldBatteryPct = null;
      statusDueS = Infinity;
      waiting = [];
    },
    watch(nowS) {
      if (!isConnected) return;
      const { batteryPct, lowBattery } = vitals(clock.deviceS(nowS));
      const telling = `${batteryPct} ${lowBattery} ${activity.streaming} ${activity.brokenCells > 0}`;
      if (telling === told) return;
      told = telling;
      if (batteryPct !== toldBatteryPct) waiting.push({ characteristic: 'battery', bytes: Uint8Array.of(batteryPct), dueS: nowS });
      toldBatteryPct = batteryPct;
      tellStatus(nowS);
    },
    dueS: () => waiting[0]?.dueS ?? statusDueS,
    take() {
      if (waiting.length === 0) tellStatus(statusDueS);
      return waiting.shift()!;
    },
  };
}
