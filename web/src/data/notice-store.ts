import { signal } from '@preact/signals';
import { failureSentence } from '../format/failure-sentence.ts';

const SHOWN_MS = 6000;

export interface Notice {
  readonly id: number;
  readonly tone: 'done' | 'trouble';
  readonly text: string;
}

export type NoticeStore = ReturnType<typeof createNoticeStore>;

/** The short messages at the edge of the page; each leaves by itself after some seconds. */
export function createNoticeStore() {
  const notices = signal<readonly Notice[]>([]);
  let lastId = 0;

  const dismiss = (id: number) => (notices.value = notices.value.filter((notice) => notice.id !== id));
  function show(tone: Notice['tone'], text: string): void {
    const id = ++lastId;
    notices.value = [...notices.value.slice(-2), { id, tone, text }];
    setTimeout(() => dismiss(id), SHOWN_MS);
  }

  async function report(action: Promise<unknown>, done: string | undefined): Promise<void> {
    try {
      await action;
      if (done !== undefined) show('done', done);
    } catch (error) {
      show('trouble', failureSentence(error));
    }
  }

  return {
    notices,
    show,
    dismiss,
    /** Follows an action that a click began: says `done` when it worked, and why when it did not. */
    follow: (action: Promise<unknown>, done?: string): void => void report(action, done),
  };
}
