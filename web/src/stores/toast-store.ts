import { signal } from '@preact/signals';
import type { SentenceOf } from '../format/failure-sentence.ts';

const SHOWN_MS = 6000;

export interface Toast {
  readonly id: number;
  readonly tone: 'done' | 'trouble';
  readonly text: string;
}

export type ToastStore = ReturnType<typeof createToastStore>;

/** The short messages at the edge of the page; each is removed after 6 s. */
export function createToastStore(sentenceOf: SentenceOf) {
  const toasts = signal<readonly Toast[]>([]);
  let lastId = 0;

  const dismiss = (id: number) => (toasts.value = toasts.value.filter((toast) => toast.id !== id));
  function show(tone: Toast['tone'], text: string): void {
    const id = ++lastId;
    toasts.value = [...toasts.value.slice(-2), { id, tone, text }];
    setTimeout(() => dismiss(id), SHOWN_MS);
  }

  async function report(action: Promise<unknown>, done: string | undefined): Promise<void> {
    try {
      await action;
      if (done !== undefined) show('done', done);
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
    /** Shows the outcome of an action: `done` after success, the sentence of the failure otherwise. */
    follow: (action: Promise<unknown>, done?: string): void => void report(action, done),
  };
}
