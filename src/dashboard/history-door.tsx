import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { closeHistory } from './route.ts';

type Door = { readonly at: 'loading' | 'failed' } | { readonly at: 'open'; readonly History: () => JSX.Element };

/** History is loaded when it is first opened: who only rolls does not wait for plots. */
export function HistoryDoor(): JSX.Element {
  const [door, setDoor] = useState<Door>({ at: 'loading' });
  useEffect(() => {
    import('./history/history.tsx').then(
      ({ History }) => setDoor({ at: 'open', History }),
      () => setDoor({ at: 'failed' }),
    );
    return () => void setTimeout(() => document.querySelector<HTMLElement>('[data-history]')?.focus());
  }, []);
  if (door.at === 'open') return <door.History />;
  return (
    <main class="door">
      <h1>History</h1>
      <p>{door.at === 'loading' ? 'One moment' : 'It could not be loaded: is the companion still running?'}</p>
      <button type="button" class="quiet-button" onClick={closeHistory}>Back to rolling</button>
    </main>
  );
}
