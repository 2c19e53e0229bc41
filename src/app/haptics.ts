import type { ControlRequest } from '../../firmware-protocol/control.ts';
import type { CueEvent, CueKind } from '../coaching/events.ts';
import type { Log } from '../server/log.ts';

/** Pulses that a hand or a thigh can count: 1 slow down, 2 move on, 3 ease off. */
const PULSES: Partial<Readonly<Record<CueKind, number>>> = { 'too-fast': 1, 'too-long': 2, 'over-pressure': 3 };
const PULSE_MS = 150;
const GAP_MS = 150;
const STRENGTH_PCT = 80;
/** At most one pattern in this time, s; a new session counts from 0. */
const REST_S = 5;

/** When the roller last shook, and what came of it. Plain data. */
export interface Haptics {
  lastS: number;
  sent: number;
  failed: number;
}

export const createHaptics = (): Haptics => ({ lastS: -Infinity, sent: 0, failed: 0 });

/**
 * The pattern for a cue, or null. A cue is first seen and heard; the roller shakes when it was not heeded, or is a strong
 * one, and falls silent with the sound.
 */
export function patternFor(haptics: Haptics, { kind, level, phase, repeat, audible, tS }: CueEvent): ControlRequest | null {
  const pulses = PULSES[kind];
  const isUnheeded = level === 2 || repeat > 1;
  const isResting = tS >= haptics.lastS && tS - haptics.lastS < REST_S;
  if (pulses === undefined || phase === 'end' || !isUnheeded || !audible || isResting) return null;
  haptics.lastS = tS;
  return { procedure: 'haptic', pulses, pulseMs: PULSE_MS, gapMs: GAP_MS, strengthPct: STRENGTH_PCT };
}

/** Has the roller shake for cues that ask for it. One that cannot is counted and told in the log; nobody waits. */
export function createShaker(request: (asked: ControlRequest) => Promise<void>, log: Log): (cue: CueEvent) => void {
  const haptics = createHaptics();
  return (cue) => {
    const pattern = patternFor(haptics, cue);
    if (pattern === null) return;
    request(pattern).then(
      () => haptics.sent++,
      (error: unknown) => log.warn(`haptics: ${String(error)} (${++haptics.failed} failed, ${haptics.sent} felt)`),
    );
  };
}
