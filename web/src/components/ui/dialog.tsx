import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { texts } from '@linkcast/texts';
import { Icon } from './icon.tsx';
import { ToastList } from './toast-list.tsx';

interface DialogProps {
  readonly heading: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/**
 * A question over the page: a sheet from below on phones. Escape, the cross and a tap beside it close it. It has the
 * toasts in it, because everything outside of an open dialog is out of reach.
 */
export function Dialog({ heading, onClose, children }: DialogProps) {
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
          <button type="button" class="icon-button" aria-label={texts.site.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
      <ToastList />
    </dialog>
  );
}
