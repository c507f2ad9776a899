import { useTexts } from '../../language/texts-context.ts';
import { useStores } from '../../stores/stores.ts';

/**
 * Copies the address of a path of the site, or another address, to the clipboard and shows a toast. When the browser refuses, or has no clipboard (plain
 * HTTP pages other than localhost), the toast shows the address instead.
 *
 * `path` may be a promise: the clipboard is written at once, because Safari allows that only during a click.
 */
type CopyLink = (path: string | Promise<string>, done: string) => Promise<void>;

/** Returns a {@link CopyLink} that shows its toasts in the reader's language. */
export function useCopyLink(): CopyLink {
  const { toasts } = useStores();
  const { site } = useTexts();
  const showAddress = async (address: Promise<string>) => {
    try {
      toasts.show('trouble', site.item.copyRefused(await address));
    } catch (error) {
      toasts.showFailure(error); // the request for the path failed
    }
  };
  return async (path, done) => {
    const address = Promise.resolve(path).then((resolved) => new URL(resolved, location.origin).href);
    try {
      await writeClipboard(address);
      toasts.show('done', done);
    } catch (error) {
      console.debug('clipboard not available', error);
      await showAddress(address);
    }
  };
}

async function writeClipboard(text: Promise<string>): Promise<void> {
  if (!('ClipboardItem' in window)) return navigator.clipboard.writeText(await text);
  const type = 'text/plain';
  await navigator.clipboard.write([
    new ClipboardItem({ [type]: text.then((resolved) => new Blob([resolved], { type })) }),
  ]);
}
