import { signal } from '@preact/signals';
import type { SentenceOf } from '../format/failure-sentence.ts';

const SHOWN_MS = 6000;

export interface Toast {
  readonly id: number;
  readonly tone: 'done' | 'trouble';
  readonly text: string;
  /** A button in the message. */
  readonly action?: ToastAction;
}

export interface ToastAction {
  readonly text: string;
  readonly run: () => void;
}

export type ToastStore = ReturnType<typeof createToastStore>;

/** The short messages at the edge of the page; each is removed after 6 s. */
export function createToastStore(sentenceOf: SentenceOf) {
  const toasts = signal<readonly Toast[]>([]);
  let lastId = 0;

  const dismiss = (id: number) => (toasts.value = toasts.value.filter((toast) => toast.id !== id));
  function show(tone: Toast['tone'], text: string, action?: ToastAction): void {
    const id = ++lastId;
    toasts.value = [...toasts.value.slice(-2), { id, tone, text, ...(action && { action }) }];
    setTimeout(() => dismiss(id), SHOWN_MS);
  }

  async function report(work: Promise<unknown>, done: string | undefined, action?: ToastAction): Promise<void> {
    try {
      await work;
      if (done !== undefined) show('done', done, action);
    } catch (error) {
      show('trouble', sentenceOf(error));
    }
  }

  return {
    toasts,
    show,
    /** Shows the sentence of a thrown value. */
    showFailure: (error: unknown) => show('trouble', sentenceOf(error)),
    dismiss,
    /** Shows the outcome of some work: `done` after success, with a button for an action; the sentence of the failure otherwise. */
    follow: (work: Promise<unknown>, done?: string, action?: ToastAction): void => void report(work, done, action),
  };
}
