import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../state/store.ts';
import { Icon } from '../view/icons.tsx';

/** Over everything until the person says that they have stopped. Escape does nothing; a browser may still close it on "back": it comes back. */
export function SafetyStop(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const show = (): void => dialog.current?.showModal();
  useLayoutEffect(show, []);
  return (
    <dialog
      class="safety-stop"
      role="alertdialog"
      data-tone="strong"
      ref={dialog}
      aria-labelledby="stop-title"
      aria-describedby="stop-text"
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.preventDefault();
      }}
      onClose={show}
    >
      <div class="safety-stop-body">
        <Icon name="stop" />
        <h2 id="stop-title">Stop rolling</h2>
        <div id="stop-text">
          <p>Pain this strong does no good. Come off the roller and rest.</p>
          <p>If it stays, or you feel numbness, tingling, dizziness or swelling, ask a clinician.</p>
        </div>
        <button type="button" class="primary" onClick={() => say({ type: 'confirm' })}>I have stopped</button>
      </div>
    </dialog>
  );
}
