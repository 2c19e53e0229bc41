import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { say, session, tell } from '../state/store.ts';
import { closeSheet } from './sheets.ts';
import { Sheet } from './sheet.tsx';

/** What somebody may want to find again, in a tap. */
const WORDS = ['Here', 'Tender', 'Pulls', 'Eases off', 'Other side is different'] as const;

/** A moment of the session for whoever looks at the recording later. */
export function Mark(): JSX.Element {
  const [text, setText] = useState('');
  const isRecorded = session.value?.recording === 'on';
  const mark = (words: string): void => {
    say({ type: 'marker', text: words });
    closeSheet();
    tell(`Marked: ${words}`);
  };
  return (
    <Sheet title="Mark this moment">
      <section class="settings">
        <p class="advice">
          {isRecorded ? 'It stands in the recording, for whoever looks at it later.' : 'This session is not being recorded: there is nothing to mark.'}
        </p>
        <div class="tests" role="group" aria-label="In a word">
          {WORDS.map((word) => <button key={word} type="button" class="quiet-button" disabled={!isRecorded} onClick={() => mark(word)}>{word}</button>)}
        </div>
        <form
          class="tests"
          onSubmit={(event) => {
            event.preventDefault();
            mark(text.trim());
          }}
        >
          <label class="field">
            <span>In your own words</span>
            <input
              type="text"
              dir="auto"
              required
              maxLength={200}
              pattern=".*\S.*"
              disabled={!isRecorded}
              value={text}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          </label>
          <button type="submit" class="quiet-button" disabled={!isRecorded}>Mark</button>
        </form>
      </section>
    </Sheet>
  );
}
