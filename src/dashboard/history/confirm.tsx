import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  readonly title: string;
  readonly children: ComponentChildren;
  /** What the button does that cannot be undone, and the one that leaves all as it is. */
  readonly act: string;
  readonly leave: string;
  readonly isBusy: boolean;
  readonly onAct: () => void;
  readonly onLeave: () => void;
}

/** Asks before what cannot be undone: the safe answer has the focus, and is what Escape gives. */
export function Confirm({ title, children, act, leave, isBusy, onAct, onLeave }: Props): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog class="confirm" ref={dialog} aria-labelledby="confirm-title" onClose={onLeave}>
      <h2 id="confirm-title">{title}</h2>
      {children}
      <div class="confirm-answers">
        <button type="button" class="primary" autofocus onClick={() => dialog.current?.close()}>{leave}</button>
        <button type="button" class="danger" disabled={isBusy} onClick={onAct}>{act}</button>
      </div>
    </dialog>
  );
}
