import { FAULT_KINDS, FAULT_NAMES, type FaultKind, type FaultName } from '../../simulators/faults/kinds.ts';
import { createRandom } from '../../simulators/random.ts';

/** Milder than what a kind allows where all of it would mean that nothing is left to test. */
const WORST: Readonly<Partial<Record<string, number>>> = { loss: 50, bursts: 40, slow: 800, mtu: 99, fade: 45, cells: 2 };
const LONGEST_S = 20;
/** Silences are drawn three times as often as the rest: coming back from them is what is measured. */
const SILENCES: readonly FaultName[] = ['blackout', 'vanish', 'reset', 'adapter-off'];
const DRAWN: readonly FaultName[] = [...FAULT_NAMES, ...SILENCES, ...SILENCES];

/** A roller's queue in every other run: so small that frames are lost although the link survives. */
export const queueOf = (seed: number): number => (seed % 2 === 0 ? 128 : 32);

/** One to five faults at any time in `seconds`, as a person would write them; the same for the same seed. */
export function randomScript(seed: number, seconds: number): string {
  const random = createRandom(seed, 'script');
  const count = 1 + Math.floor(5 * random.next());
  const faults = Array.from({ length: count }, () => {
    const kind = DRAWN[Math.floor(random.next() * DRAWN.length)]!;
    const { value, usualForS }: FaultKind = FAULT_KINDS[kind];
    const drawn = value && Math.round(random.between(value.min, WORST[kind] ?? value.max));
    const isBrief = usualForS !== 0 && kind !== 'stale';
    const forS = isBrief ? random.between(0.05, LONGEST_S) : 0;
    const parts = [
      ...(drawn === null ? [] : [`${drawn}${value?.unit}`]),
      `at=${random.between(0, seconds).toFixed(2)}s`,
      ...(isBrief ? [`for=${forS.toFixed(2)}s`] : []),
      ...(kind !== 'stale' && random.next() < 0.3 ? [`every=${(forS + random.between(0.5, 30)).toFixed(2)}s`] : []),
    ];
    return `${kind}:${parts.join(',')}`;
  });
  return faults.join(';');
}
