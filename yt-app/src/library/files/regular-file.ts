import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * Reads a text file without following a symbolic link, and without waiting at a pipe; what is no regular file reads as
 * empty.
 *
 * @throws the file system's error; `ELOOP` for a symbolic link.
 */
export async function readRegularFile(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    return (await handle.stat()).isFile() ? await handle.readFile('utf8') : '';
  } finally {
    await handle.close();
  }
}
