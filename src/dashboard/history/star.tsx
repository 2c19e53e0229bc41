import type { JSX } from 'preact';
import { tell } from '../state/store.ts';
import { changeSession } from './api.ts';
import { keep } from './kept-list.ts';

interface Starred {
  readonly id: string;
  readonly starred: boolean;
  readonly onChange?: (starred: boolean) => void;
}

/** A session with a star is spared whenever old ones are removed. */
export function Star({ id, starred, onChange }: Starred): JSX.Element {
  const turn = async (): Promise<void> => {
    const answer = await changeSession(id, { starred: !starred });
    if (!answer.ok) return tell(answer.problem.message);
    keep(answer.value);
    onChange?.(answer.value.starred);
  };
  return (
    <button type="button" class="star" aria-pressed={starred} aria-label="Star" title="Kept for ever" onClick={() => void turn()}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="m12 3 2.8 5.9 6.4.8-4.7 4.5 1.2 6.4L12 17.5l-5.7 3.1 1.2-6.4L2.8 9.7l6.4-.8Z" />
      </svg>
    </button>
  );
}
