import { texts } from '@linkcast/texts';
import type { ToastStore } from '../../stores/toast-store.ts';
import { failureSentence } from '../../format/failure-sentence.ts';

/**
 * Puts the address of a path into the clipboard and says so. Where the browser refuses, and on plain HTTP pages other
 * than localhost, which have no clipboard, it shows the address to copy by hand.
 *
 * @param path may still be on its way: the clipboard is taken at once, because Safari gives it only during the click.
 */
export async function copyLink(path: string | Promise<string>, done: string, toasts: ToastStore): Promise<void> {
  const address = Promise.resolve(path).then((known) => location.origin + known);
  try {
    await writeClipboard(address);
    toasts.show('done', done);
  } catch (error) {
    console.debug('no clipboard', error);
    await showAddress(address, toasts);
  }
}

async function writeClipboard(text: Promise<string>): Promise<void> {
  if (!('ClipboardItem' in window)) return navigator.clipboard.writeText(await text);
  const type = 'text/plain';
  await navigator.clipboard.write([new ClipboardItem({ [type]: text.then((known) => new Blob([known], { type })) })]);
}

async function showAddress(address: Promise<string>, toasts: ToastStore): Promise<void> {
  try {
    toasts.show('trouble', texts.site.item.copyRefused(await address));
  } catch (error) {
    toasts.show('trouble', failureSentence(error)); // there is no address: the server refused it
  }
}
