import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Glyph } from '../view/icons.tsx';
import { SourceBanner } from '../view/source-banner.tsx';
import { closeSheet } from './sheets.ts';

/** A native dialog: the browser keeps the focus inside, closes it with Escape and gives the focus back. */
export function Sheet({ title, children }: { readonly title: string; readonly children: ComponentChildren }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      class="sheet"
      ref={dialog}
      aria-labelledby="sheet-title"
      onClose={closeSheet}
      onClick={(event) => {
        if (event.target === dialog.current) closeSheet();
      }}
    >
      <div class="sheet-body">
        <div class="sheet-head">
          <h2 id="sheet-title" tabIndex={-1} autofocus>{title}</h2>
          <SourceBanner />
          <button type="button" class="tool" aria-label="Close" onClick={closeSheet}><Glyph name="close" /></button>
        </div>
        {children}
      </div>
    </dialog>
  );
}
