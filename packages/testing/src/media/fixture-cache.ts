import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Change it when a recipe changes, so that nobody meets an old fixture. */
const CACHE_VERSION = 1;

/**
 * A folder that is made once for each set of parameters and kept between runs, under the system's temporary folder.
 * Two processes that make the same one at the same time do not meet: each fills a folder of its own, the first rename wins.
 */
export async function cachedFolder(
  name: string,
  parameters: unknown,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const key = createHash('sha256')
    .update(JSON.stringify([CACHE_VERSION, parameters]))
    .digest('hex')
    .slice(0, 12);
  const root = path.join(os.tmpdir(), `linkcast-fixtures-${os.userInfo().uid}`);
  const folder = path.join(root, `${name}-${key}`);
  if (existsSync(folder)) return folder;

  const temporary = `${folder}.${randomBytes(6).toString('hex')}.tmp`;
  await mkdir(temporary, { recursive: true, mode: 0o755 });
  try {
    await make(temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // otherwise another process was first, and made the same
  }
  return folder;
}
