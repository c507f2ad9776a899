import { createHmac } from 'node:crypto';
import { chmod, chown, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import type { SystemUser } from '../settings/worker-user.ts';

/** A file system in memory, which loses its files with the power. Every Linux has it, and every container. */
const MEMORY = '/dev/shm';

type RuntimeOptions = Pick<EdgeSettings, 'stateDirectory' | 'serviceKey'>;
type Directories = Pick<EdgeSettings, 'stateDirectory' | 'mediaDirectory' | 'certificateDirectory'>;

/** Creates the directories that nginx writes to and reads from. `worker`: the user of its workers, if it is not ours. */
export async function prepareDirectories(directories: Directories, worker: SystemUser | undefined): Promise<void> {
  const { stateDirectory, mediaDirectory, certificateDirectory } = directories;
  const temporary = path.join(stateDirectory, 'temp');
  await mkdir(temporary, { recursive: true });
  for (const own of [stateDirectory, temporary]) await restrictAccess(own, worker);
  for (const other of [mediaDirectory, path.join(certificateDirectory, 'webroot')]) {
    await mkdir(other, { recursive: true }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EROFS') throw error; // mounted read-only: its owner creates it
    });
  }
}

/**
 * Creates an empty runtime directory, in memory if possible: nginx writes session tokens into the files of cached access
 * decisions. Its name is derived from our key, so no other user of this machine can have created it before.
 */
export async function createRuntimeDirectory(options: RuntimeOptions, worker: SystemUser | undefined): Promise<string> {
  const [inMemory, onDisk] = runtimePaths(options);
  try {
    return await createEmpty(inMemory, worker);
  } catch {
    return createEmpty(onDisk, worker); // there is no such file system, or it is not writable for us
  }
}

function runtimePaths({ stateDirectory, serviceKey }: RuntimeOptions): [inMemory: string, onDisk: string] {
  const digest = createHmac('sha256', serviceKey).update(`runtime ${stateDirectory}`).digest('hex');
  return [path.join(MEMORY, `linkcast-${digest.slice(0, 24)}`), path.join(stateDirectory, 'temp', 'runtime')];
}

/** Deletes the directory of {@link createRuntimeDirectory}. */
export async function deleteRuntimeDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}

async function createEmpty(directory: string, worker: SystemUser | undefined): Promise<string> {
  await deleteRuntimeDirectory(directory);
  await mkdir(directory, { mode: 0o700 });
  await restrictAccess(directory, worker);
  return directory;
}

/** Closes a directory to all other users. The worker user may enter it, but not list it. */
async function restrictAccess(directory: string, worker: SystemUser | undefined): Promise<void> {
  if (worker) await chown(directory, 0, worker.gid); // only root has a worker user
  await chmod(directory, worker ? 0o710 : 0o700);
}
