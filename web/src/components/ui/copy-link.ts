import { texts } from '@linkcast/texts';
import type { ToastStore } from '../../stores/toast-store.ts';
import { failureSentence } from '../../format/failure-sentence.ts';

/**
 * Copies the address of a path to the clipboard and shows a toast. When the browser refuses, or has no clipboard (plain
 * HTTP pages other than localhost), the toast shows the address instead.
 *
 * @param path may be a promise: the clipboard is written at once, because Safari allows that only during a click.
 */
export async function copyLink(path: string | Promise<string>, done: string, toasts: ToastStore): Promise<void> {
  const address = Promise.resolve(path).then((resolved) => location.origin + resolved);
  try {
    await writeClipboard(address);
    toasts.show('done', done);
  } catch (error) {
    console.debug('clipboard not available', error);
    await showAddress(address, toasts);
  }
}

async function writeClipboard(text: Promise<string>): Promise<void> {
  if (!('ClipboardItem' in window)) return navigator.clipboard.writeText(await text);
  const type = 'text/plain';
  await navigator.clipboard.write([
    new ClipboardItem({ [type]: text.then((resolved) => new Blob([resolved], { type })) }),
  ]);
}

async function showAddress(address: Promise<string>, toasts: ToastStore): Promise<void> {
  try {
    toasts.show('trouble', texts.site.item.copyRefused(await address));
  } catch (error) {
    toasts.show('trouble', failureSentence(error)); // the request for the path failed
  }
}
