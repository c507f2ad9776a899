import { constants } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import { MOST_COOKIE_CHARACTERS } from '@linkcast/contracts';

/**
 * Writes cookies to a file that nobody else may read, for the one run that uses it, and deletes it afterwards. yt-dlp writes the file
 * anew at its end.
 *
 * @param onChanged called with the text that the run has left, when it is another one.
 */
export async function withCookieFile<Result>(
  file: string,
  text: string,
  use: (file: string) => Promise<Result>,
  onChanged: (text: string) => void,
): Promise<Result> {
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  try {
    return await use(file);
  } finally {
    const left = await readLeft(file);
    await rm(file, { recursive: true, force: true });
    if (left !== undefined && left !== text) onChanged(left);
  }
}

/** The text of the file; undefined when it is too large, or something else than a file: a site may have taken over the downloader. */
async function readLeft(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const found = await handle.stat();
      return found.isFile() && found.size <= MOST_COOKIE_CHARACTERS ? await handle.readFile('utf8') : undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined; // it was deleted, or replaced by a link
  }
}
