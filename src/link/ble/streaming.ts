import type { Clock } from '../../clock.ts';
import { lost } from './connection.ts';
import { answer, pause, within } from './deadline.ts';
import type { NoblePeripheral } from './noble-port.ts';

/**
 * Silence that is taken for a lost link, where the adapter reports none: half a second more than the blackout of 2 s that a stream
 * survives, and less than the supervision timeout of 4 s.
 */
const SILENCE_MS = 2500;
const RSSI_PERIOD_MS = 5000;
const RSSI_ANSWER_MS = 1000;

/** When the last stream frame came, and whether the next is to be expected. */
export interface Pulse {
  lastS: number;
  running: boolean;
}

/** Rejects when a running stream has been silent for too long. */
export async function untilSilent(pulse: Pulse, clock: Clock, signal: AbortSignal): Promise<never> {
  for (;;) {
    const silentMs = pulse.running ? (clock.monotonicS() - pulse.lastS) * 1000 : 0;
    if (silentMs >= SILENCE_MS) throw lost(`no data for ${SILENCE_MS / 1000} s`);
    await pause(Math.max(1, SILENCE_MS - silentMs), signal);
  }
}

/** Asks for the signal strength now and then. No answer is no news: some adapters never give one. */
export async function pollRssi(peripheral: NoblePeripheral, changed: (rssiDbm: number) => void, signal: AbortSignal): Promise<never> {
  let lastDbm = peripheral.rssi;
  for (;;) {
    await pause(RSSI_PERIOD_MS, signal);
    const [rssiDbm] = await within(RSSI_ANSWER_MS, 'reading the signal strength', [signal], (asking) =>
      answer<[number]>(peripheral, 'rssiUpdate', asking, () => peripheral.updateRssi())).catch(() => [lastDbm]);
    if (rssiDbm !== undefined && rssiDbm !== lastDbm) changed(rssiDbm);
    lastDbm = rssiDbm ?? lastDbm;
  }
}
