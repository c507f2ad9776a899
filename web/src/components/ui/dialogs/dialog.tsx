import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useTexts } from '../../../language/texts-context.ts';
import { Icon } from '../icon.tsx';
import { ToastList } from '../toast-list.tsx';

interface DialogProps {
  readonly heading: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/**
 * A modal dialog; on phones a sheet at the bottom. Escape, the close button and a click on the backdrop close it. It
 * contains a list of toasts, because everything outside an open modal dialog is inert.
 */
export function Dialog({ heading, onClose, children }: DialogProps) {
  const { site } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  useEffect(() => dialog.current?.showModal(), []);

  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={headingId}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="dialog-body">
        <header class="dialog-header">
          <h2 id={headingId}>{heading}</h2>
          <button type="button" class="icon-button" aria-label={site.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
      <ToastList />
    </dialog>
  );
}
