import type { JSX } from 'preact';
import { say, tell } from '../state/store.ts';
import { closeSheet, openSheet } from './sheets.ts';
import { Sheet } from './sheet.tsx';

/** Pain of 0 to 10 as a person would say it. From 8 on the companion stops the session. */
const STEPS: readonly { readonly from: number; readonly to: number; readonly words: string; readonly tone: string }[] = [
  { from: 0, to: 2, words: 'hardly anything', tone: 'good' },
  { from: 3, to: 6, words: 'a good ache', tone: 'good' },
  { from: 7, to: 7, words: 'too much: ease off', tone: 'caution' },
  { from: 8, to: 10, words: 'stop', tone: 'strong' },
];
const STOP_FROM = 8;

export function Pain(): JSX.Element {
  const report = (nrs: number): void => {
    say({ type: 'pain', nrs });
    closeSheet();
    if (nrs < STOP_FROM) tell(`Noted: pain ${nrs} of 10`);
  };
  return (
    <Sheet title="How much does it hurt?">
      <div class="pain">
        {STEPS.map(({ from, to, words, tone }) => (
          <div key={from} class="pain-step">
            <div class="pain-row">
              {Array.from({ length: to - from + 1 }, (_, index) => from + index).map((nrs) => (
                <button
                  key={nrs}
                  type="button"
                  class="pain-button"
                  data-tone={tone}
                  aria-label={`${nrs}, ${words}`}
                  onClick={() => report(nrs)}
                >
                  {nrs}
                </button>
              ))}
            </div>
            <p>{words}</p>
          </div>
        ))}
      </div>
      <button type="button" class="pain-sharp" data-tone="strong" onClick={() => report(STOP_FROM)}>Sharp, numb or tingling: stop</button>
      <button type="button" class="quiet-button" onClick={() => openSheet('mark')}>Mark this moment with words instead</button>
    </Sheet>
  );
}
