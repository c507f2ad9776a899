import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** Claims of jobs, as their folders are named: `.work/<job>.<fence>`. */
const FOLDER = /^([a-z2-7]{20})\.(\d{1,9})$/;

/** Removes the folders of claims that are not needed any more. Anything else in `.work` is a leftover too. */
export async function sweepWorkFolders(
  mediaDir: string,
  isNeeded: (claim: { readonly id: string; readonly fence: number }) => Promise<boolean>,
): Promise<void> {
  const root = path.join(mediaDir, '.work');
  const names = await readdir(root).catch(() => []); // not made yet
  for (const name of names) {
    const [, id, fence] = FOLDER.exec(name) ?? [];
    if (id !== undefined && (await isNeeded({ id, fence: Number(fence) }))) continue;
    await rm(path.join(root, name), { recursive: true, force: true });
  }
}
