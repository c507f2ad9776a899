import { signal } from '@preact/signals';
import type { ApiClient, Notice } from '@linkcast/contracts';
import { createDismissedNotices } from './dismissed-notices.ts';

/** The open notices of the server, for owners. */
export function createNoticeStore(api: Pick<ApiClient, 'health'>, openStorage: () => Storage = () => localStorage) {
  const dismissed = createDismissedNotices(openStorage);
  /** Those that were not dismissed, the most urgent first. */
  const shown = signal<readonly Notice[]>([]);

  return {
    shown,
    /** Reads the notices again; they stay as they are when the server does not answer. */
    async load(): Promise<void> {
      try {
        const { notices } = await api.health();
        shown.value = notices.filter((notice) => !dismissed.has(notice));
      } catch (error) {
        console.warn('notices cannot be read', error); // the page shows that the server does not answer
      }
    },
    /** Hides a notice in this browser. */
    dismiss(notice: Notice): void {
      dismissed.add(notice);
      shown.value = shown.value.filter((one) => one !== notice);
    },
    /** Forgets all notices: the caller is not an owner any more. */
    forget(): void {
      shown.value = [];
    },
  };
}
