import type { JSX } from 'preact';
import { signalOf } from './signal-words.ts';

/** How loud a roller is heard, in bars for the eye and in a word for everyone. */
export function SignalBars({ rssiDbm }: { readonly rssiDbm: number | null }): JSX.Element {
  const { bars, word } = signalOf(rssiDbm);
  return (
    <span class="signal" title={rssiDbm === null ? undefined : `${rssiDbm} dBm`}>
      <svg viewBox="0 0 20 14" aria-hidden="true">
        {[0, 1, 2, 3].map((bar) => (
          <rect key={bar} x={0.5 + 5 * bar} y={9.5 - 3 * bar} width="3.6" height={4 + 3 * bar} rx="1" data-on={bar < bars} />
        ))}
      </svg>
      signal {word}
    </span>
  );
}
