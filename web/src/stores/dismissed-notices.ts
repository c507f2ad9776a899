import type { Notice } from '@linkcast/contracts';

const KEY = 'linkcast.dismissedNotices';
const MAX_NOTICES = 100;

type DismissedNotice = Pick<Notice, 'key' | 'severity'>;

/** The notices that were hidden in this browser. One that becomes worse is another one. A browser that refuses storage hides none. */
export function createDismissedNotices(openStorage: () => Pick<Storage, 'getItem' | 'setItem'>) {
  function read(): string[] {
    try {
      const stored: unknown = JSON.parse(openStorage().getItem(KEY) ?? '[]');
      return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : [];
    } catch (error) {
      console.warn('dismissed notices cannot be read', error);
      return [];
    }
  }

  return {
    has: (notice: DismissedNotice): boolean => read().includes(entryOf(notice)),
    add(notice: DismissedNotice): void {
      try {
        openStorage().setItem(KEY, JSON.stringify([...read(), entryOf(notice)].slice(-MAX_NOTICES)));
      } catch (error) {
        console.warn('dismissed notices cannot be written', error); // private mode, or no space
      }
    },
  };
}

function entryOf({ key, severity }: DismissedNotice): string {
  return `${severity} ${key}`;
}
