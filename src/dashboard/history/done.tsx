import type { JSX } from 'preact';
import { groupText } from '../view/group-text.ts';
import { spanText } from './format.ts';
import { DOSE_WORDS, planWords, type Summary } from './measures.ts';

/** What was done of what was planned. */
export function Done({ summary }: { readonly summary: Summary }): JSX.Element {
  const { items, minS, maxS } = summary.plan;
  return (
    <section class="card wide">
      <h2>Done</h2>
      <p>{planWords(summary)}</p>
      <ul class="done">
        {items.map(({ group, side, activeS, setsDone, dose }) => {
          const sets = Math.max(1, setsDone);
          const fullS = Math.max(maxS * sets * (4 / 3), activeS);
          return (
            <li key={`${group} ${side}`}>
              <span>{groupText(group, side)}</span>
              <span class="soft">{spanText(activeS)}, {DOSE_WORDS[dose]}</span>
              <div class="gauge" aria-hidden="true">
                <div class="gauge-fill" style={{ width: `${(100 * activeS) / fullS}%` }} />
                <div class="gauge-mark" style={{ left: `${(100 * minS * sets) / fullS}%` }} />
                <div class="gauge-mark" style={{ left: `${(100 * maxS * sets) / fullS}%` }} />
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
