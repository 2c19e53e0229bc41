import type { ControlRequest } from '../../firmware-protocol/control.ts';

export type HapticPattern = Omit<Extract<ControlRequest, { procedure: 'haptic' }>, 'procedure'>;

/** How long the sensors still ring after the last pulse. */
const RINGING_S = 0.15;

export interface HapticMotor {
  /** Plays a pattern from `tS` on, device time, in place of one that still plays. */
  play(pattern: HapticPattern, tS: number): void;
  /** How hard it runs at `tS`, 0 to 1. */
  strength(tS: number): number;
  /** Whether samples at `tS` are to be flagged. */
  disturbs(tS: number): boolean;
}

interface Burst {
  readonly pattern: HapticPattern;
  readonly startS: number;
  readonly endS: number;
}

export function createHapticMotor(): HapticMotor {
  // The one before is kept: frames of its time may not have been made yet.
  let bursts: readonly Burst[] = [];
  return {
    play(pattern, startS) {
      const { pulses, pulseMs, gapMs } = pattern;
      const endS = startS + (pulses * pulseMs + (pulses - 1) * gapMs) / 1000;
      const before = bursts.at(-1);
      bursts = [...(before ? [{ ...before, endS: Math.min(before.endS, startS) }] : []), { pattern, startS, endS }];
    },
    strength(tS) {
      for (const { pattern, startS, endS } of bursts) {
        if (tS < startS || tS >= endS) continue;
        const intoMs = ((tS - startS) * 1000) % (pattern.pulseMs + pattern.gapMs);
        if (intoMs < pattern.pulseMs) return pattern.strengthPct / 100;
      }
      return 0;
    },
    disturbs: (tS) => bursts.some(({ startS, endS }) => tS >= startS && tS < endS + RINGING_S),
  };
}
