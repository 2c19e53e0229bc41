import type { JSX } from 'preact';
import { closeHistory } from '../route.ts';

/** What was rolled before, at `#history`. */
export function History(): JSX.Element {
  return (
    <main class="door">
      <h1>History</h1>
      <button type="button" class="quiet-button" onClick={closeHistory}>Back to rolling</button>
    </main>
  );
}
