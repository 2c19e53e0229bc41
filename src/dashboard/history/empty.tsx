import type { JSX } from 'preact';
import { chosenPerson } from './chosen-person.ts';
import { hashOf } from './place.ts';

/** How one gets a first session. */
export function Empty({ isFiltered }: { readonly isFiltered: boolean }): JSX.Element {
  if (isFiltered) {
    return (
      <div class="card empty">
        <h2>Nothing of this person yet</h2>
        <p>A session is listed here when it is over. Whose it was can be said afterwards, too.</p>
        <button type="button" class="quiet-button" onClick={() => (chosenPerson.value = null)}>Show everyone's</button>
      </div>
    );
  }
  return (
    <div class="card empty">
      <h2>Nothing is kept yet</h2>
      <p>Roll with a roller over Bluetooth, and the session is here when it is over: nothing has to be turned on.</p>
      <p>A simulated roller is kept when the companion is told where:</p>
      <pre><code>smart-roller --data DIR</code></pre>
      <p>Have a recording already? <a href={hashOf({ at: 'library' })}>Take it in</a>, or drop the file on this page.</p>
    </div>
  );
}
