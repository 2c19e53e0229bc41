import { describe, expect, it } from 'vitest';
import { encodeRequest } from '../../firmware-protocol/control.ts';
import { createHaptics, patternFor } from '../../src/app/haptics.ts';
import type { CueEvent, CueKind } from '../../src/coaching/events.ts';

const cue = (kind: CueKind, tS: number, change: Partial<CueEvent> = {}): CueEvent => ({
  kind, tS, level: 1, phase: 'start', group: 'lats', side: 'left', value: 1, limit: 1, repeat: 2, audible: true, ...change,
});

describe('haptic patterns', () => {
  it.each([['too-fast', 1], ['too-long', 2], ['over-pressure', 3]] as const)('%s: %i pulses that the roller can play', (kind, pulses) => {
    const pattern = patternFor(createHaptics(), cue(kind, 10));
    expect(pattern).toMatchObject({ procedure: 'haptic', pulses });
    expect(() => encodeRequest(pattern!)).not.toThrow();
  });

  it.each([
    ['a goal reached', cue('dose-goal', 10)],
    ['a cue that ends', cue('too-fast', 10, { phase: 'end' })],
    ['a cue told for the first time', cue('too-fast', 10, { repeat: 1 })],
    ['a cue that may not sound any more', cue('too-fast', 10, { audible: false })],
  ])('%s does not shake', (_name, event) => expect(patternFor(createHaptics(), event)).toBeNull());

  it('a strong cue shakes at once', () => {
    expect(patternFor(createHaptics(), cue('too-fast', 10, { repeat: 1, level: 2 }))).not.toBeNull();
  });

  it('a new session, which counts from 0, has not to wait until it is as old as the one before', () => {
    const haptics = createHaptics();
    const felt = [310, 312, 8, 10, 13].filter((tS) => patternFor(haptics, cue('too-fast', tS)) !== null);
    expect(felt).toEqual([310, 8, 13]);
  });

  it('there are 5 s between two patterns', () => {
    const haptics = createHaptics();
    const felt = [10, 12, 14.9, 15, 19, 20.1].filter((tS) => patternFor(haptics, cue('too-fast', tS)) !== null);
    expect(felt).toEqual([10, 15, 20.1]);
  });
});
