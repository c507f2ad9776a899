import { createHmac } from 'node:crypto';
import { chmod, chown, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import type { SystemUser } from '../settings/worker-user.ts';

/** A file system in memory: what lies there is gone with the power. Every Linux has it, containers too. */
const MEMORY = '/dev/shm';

type VerdictOptions = Pick<EdgeSettings, 'stateDirectory' | 'serviceKey'>;
type Directories = Pick<EdgeSettings, 'stateDirectory' | 'mediaDirectory' | 'certificateDirectory'>;

/** Makes the directories that nginx writes to and reads from. `workers`: their user, when it is another one than ours. */
export async function prepareDirectories(directories: Directories, workers: SystemUser | undefined): Promise<void> {
  const { stateDirectory, mediaDirectory, certificateDirectory } = directories;
  const temporary = path.join(stateDirectory, 'temp');
  await mkdir(temporary, { recursive: true });
  for (const own of [stateDirectory, temporary]) await closeToOthers(own, workers);
  for (const others of [mediaDirectory, path.join(certificateDirectory, 'webroot')]) {
    await mkdir(others, { recursive: true }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EROFS') throw error; // mounted read-only: its owner makes it
    });
  }
}

/**
 * An empty directory for verdicts, in memory: nginx writes the session tokens that it asked about into the files. The name
 * cannot be guessed, so nobody else of this machine can have made it before us.
 */
export async function verdictDirectoryFor(options: VerdictOptions, workers: SystemUser | undefined): Promise<string> {
  const [inMemory, onDisk] = verdictPlaces(options);
  try {
    return await makeAnew(inMemory, workers);
  } catch {
    return makeAnew(onDisk, workers); // no such file system, or not for us
  }
}

/** Where an nginx before this one may have left its pid. To be read before {@link verdictDirectoryFor} clears it away. */
export function pidFilesOf(options: VerdictOptions): string[] {
  return verdictPlaces(options).map((directory) => path.join(directory, 'nginx.pid'));
}

function verdictPlaces({ stateDirectory, serviceKey }: VerdictOptions): [inMemory: string, onDisk: string] {
  const mark = createHmac('sha256', serviceKey).update(`verdicts ${stateDirectory}`).digest('hex');
  return [path.join(MEMORY, `linkcast-${mark.slice(0, 24)}`), path.join(stateDirectory, 'temp', 'verdicts')];
}

/** Takes {@link verdictDirectoryFor} away again. */
export async function clearVerdicts(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}

async function makeAnew(directory: string, workers: SystemUser | undefined): Promise<string> {
  await clearVerdicts(directory);
  await mkdir(directory, { mode: 0o700 });
  await closeToOthers(directory, workers);
  return directory;
}

/** Nobody else of this machine may enter a directory; workers of another user may, but not list it. */
async function closeToOthers(directory: string, workers: SystemUser | undefined): Promise<void> {
  if (workers) await chown(directory, 0, workers.gid); // only root has such workers
  await chmod(directory, workers ? 0o710 : 0o700);
}
