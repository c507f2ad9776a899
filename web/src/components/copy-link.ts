import { texts } from '@linkcast/contracts';
import type { NoticeStore } from '../data/notice-store.ts';

/**
 * Puts the address of a path into the clipboard and says so. Where the browser refuses, and on plain HTTP pages other
 * than localhost, which have no clipboard, it shows the address to copy by hand.
 */
export async function copyLink(path: string, done: string, notices: NoticeStore): Promise<void> {
  const address = location.origin + path;
  try {
    await navigator.clipboard.writeText(address);
    notices.show('done', done);
  } catch (error) {
    console.debug('no clipboard', error);
    notices.show('trouble', texts.site.item.copyRefused(address));
  }
}
