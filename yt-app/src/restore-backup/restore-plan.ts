import { parseJson, syncPath, writeFileAtomic } from '@linkcast/kit';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** The facts of a staged restore. */
const Plan = z.object({
  /** The time of the backup. */
  madeAt: z.iso.datetime(),
  /** Name, in DATA_DIR, of the folder for what was there before. */
  aside: z.string(),
});
export type RestorePlan = z.infer<typeof Plan>;

/** A restore whose files are complete, and which only has to put them in their places. */
export interface StagedRestore extends RestorePlan {
  /** Has the new files, at the paths that they get in DATA_DIR. Each that is still here is not in its place. */
  readonly folder: string;
}

/** Names in DATA_DIR. `ops/prepare.sh` starts nothing while there is the second. */
const DRAFT = 'restore.partial';
const STAGED = 'restore.ready';
const PLAN_NAME = 'plan.json';
const FILES = 'files';

/** The restore that was interrupted when its files were complete; undefined: there is none. */
export async function findStagedRestore(dataDir: string): Promise<StagedRestore | undefined> {
  const staged = path.join(dataDir, STAGED);
  const text = await readFile(path.join(staged, PLAN_NAME), 'utf8').catch(ignoreMissing);
  return text === undefined ? undefined : { ...Plan.parse(parseJson(text)), folder: path.join(staged, FILES) };
}

/**
 * Stages a restore: its files are collected under another name, and count when all of them are on the disk.
 *
 * @param collect writes the files into a folder, each at the path that it gets in DATA_DIR
 */
export async function stageRestore(
  dataDir: string,
  plan: RestorePlan,
  collect: (folder: string) => Promise<void>,
): Promise<StagedRestore> {
  const draft = path.join(dataDir, DRAFT);
  const files = path.join(draft, FILES);
  await rm(draft, { recursive: true, force: true }); // of a restore that was killed
  await mkdir(files, { recursive: true, mode: 0o700 });
  try {
    await collect(files);
    await writeFileAtomic(path.join(draft, PLAN_NAME), JSON.stringify(plan), { mode: 0o600 });
    for (const file of await stagedFiles(files)) await syncPath(path.join(files, file));
    await rename(draft, path.join(dataDir, STAGED));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  await syncPath(dataDir);
  return { ...plan, folder: path.join(dataDir, STAGED, FILES) };
}

/** The paths of the files in a folder, relative to it. */
export async function stagedFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

/** Ends a restore whose files are all in their places. */
export async function endStagedRestore(dataDir: string): Promise<void> {
  await rm(path.join(dataDir, STAGED), { recursive: true, force: true });
  await syncPath(dataDir);
}

function ignoreMissing(error: unknown): undefined {
  const { code } = error as NodeJS.ErrnoException; // fs throws these
  if (code !== 'ENOENT') throw error;
}
