import type { JSX } from 'preact';
import { SAFETY_NOTE } from '../../guide/cue-words.ts';
import { change, settings } from '../state/settings.ts';

/** What must be said before rolling: open until it was read once, folded after that. */
export function SafetyNote(): JSX.Element {
  const { noteRead } = settings.value;
  return (
    <details class="note" open={!noteRead}>
      <summary>Not a medical device · when to stop</summary>
      <p>{SAFETY_NOTE}</p>
      <p><b>Stop at once</b> also on shooting pain, swelling, a warm calf or bruising.</p>
      <p>
        <b>Ask a clinician first</b> after surgery or an injury, with a blood clot, inflammation, osteoporosis, a bleeding
        disorder or blood thinners, in pregnancy, or if you cannot feel pressure well. Never roll an open wound or a fracture.
      </p>
      {!noteRead && <button type="button" class="quiet-button" onClick={() => change({ noteRead: true })}>I have read this</button>}
    </details>
  );
}
