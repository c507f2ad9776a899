import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { workFolder } from '@linkcast/contracts';
import type { PipelineJob } from './pipeline-run.ts';

/** The folder in a work folder of what has come from the source: the next claim of an interrupted job continues with it. */
export const KEPT_FOLDER = 'kept';

/**
 * Makes the work folder of a claim, of the folder of the claim before when the job was interrupted. The rename takes the folder away
 * from a worker that has lost its lease without noticing: it cannot write into it any more.
 *
 * @param continued names of directories.
 * @returns its path. It is empty but for what the next claim may continue with.
 */
export async function takeWorkFolder(
  mediaDir: string,
  job: Pick<PipelineJob, 'id' | 'fence'>,
  continued: readonly string[],
): Promise<string> {
  const folder = path.join(mediaDir, workFolder(job));
  const root = path.dirname(folder);
  await mkdir(root, { recursive: true, mode: 0o700 });
  const [latest, ...older] = earlierFences(await readdir(root), job);
  for (const fence of older) await rm(path.join(mediaDir, workFolder({ ...job, fence })), REMOVE);
  if (latest === undefined) await mkdir(folder, { mode: 0o700 });
  else await rename(path.join(mediaDir, workFolder({ ...job, fence: latest })), folder);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const isContinued = entry.isDirectory() && continued.includes(entry.name); // no link: decoders may write in the folder
    if (!isContinued) await rm(path.join(folder, entry.name), REMOVE);
  }
  return folder;
}

const REMOVE = { recursive: true, force: true } as const;

/** The fences of earlier claims of the job that have a folder, the latest first. */
function earlierFences(names: readonly string[], { id, fence }: Pick<PipelineJob, 'id' | 'fence'>): number[] {
  return names
    .filter((name) => name.startsWith(`${id}.`))
    .map((name) => Number(name.slice(id.length + 1)))
    .filter((earlier) => earlier < fence)
    .toSorted((one, other) => other - one);
}
