import type { Clock } from '../../clock.ts';
import { lost } from './connection.ts';
import { answer, pause, within } from './deadline.ts';
import type { NoblePeripheral } from './noble-port.ts';

/**
 * Silence that is taken for a lost link, where the adapter reports none: half a second more than the blackout of 2 s that a stream
 * survives, and less than the supervision timeout of 3 s; more where frames come seldom.
 */
const SILENCE_MS = 2500;
const SILENT_PERIODS = 10;
/** So long after the last frame the adapter is asked for the connection: one that was off for a moment has lost it, and says so only then. */
const DOUBT_MS = 1000;
/** Share of the newest period in the mean, and the longest that is one: after more the stream was not running. */
const NEWEST = 1 / 16;
const LONGEST_PERIOD_S = 1;
const RSSI_PERIOD_MS = 5000;
const RSSI_ANSWER_MS = 1000;

/** When the last stream frame came, how often they come, and whether the next is to be expected. */
export interface Pulse {
  lastS: number;
  /** Mean time between two frames; 0: not known yet. */
  periodS: number;
  running: boolean;
}

export const createPulse = (nowS: number): Pulse => ({ lastS: nowS, periodS: 0, running: true });

/** A stream frame is here. */
export function beat(pulse: Pulse, nowS: number): void {
  pulse.periodS += (Math.min(LONGEST_PERIOD_S, nowS - pulse.lastS) - pulse.periodS) * NEWEST;
  pulse.lastS = nowS;
}

/** Rejects when a running stream has been silent for too long; `doubt` is called each time that it may be. */
export async function untilSilent(pulse: Pulse, clock: Clock, doubt: () => void, signal: AbortSignal): Promise<never> {
  let doubtedS: number | null = null;
  for (;;) {
    const limitMs = Math.max(SILENCE_MS, pulse.periodS * 1000 * SILENT_PERIODS);
    const silentMs = pulse.running ? (clock.monotonicS() - pulse.lastS) * 1000 : 0;
    if (silentMs >= limitMs) throw lost(`no data for ${(silentMs / 1000).toFixed(1)} s`);
    if (silentMs >= DOUBT_MS && doubtedS !== pulse.lastS) {
      doubtedS = pulse.lastS;
      doubt();
    }
    await pause(Math.max(1, (silentMs < DOUBT_MS ? DOUBT_MS : limitMs) - silentMs), signal);
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
