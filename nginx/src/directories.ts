import { createHmac } from 'node:crypto';
import { chmod, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { EdgeSettings } from './edge-settings.ts';

/** A file system in memory: what lies there is gone with the power. Every Linux has it, containers too. */
const MEMORY = '/dev/shm';

type VerdictOptions = Pick<EdgeSettings, 'stateDirectory' | 'serviceKey'>;
type Directories = Pick<EdgeSettings, 'stateDirectory' | 'mediaDirectory' | 'certificateDirectory'>;

/** Makes the directories that nginx writes to and reads from. */
export async function prepareDirectories(directories: Directories): Promise<void> {
  const { stateDirectory, mediaDirectory, certificateDirectory } = directories;
  await mkdir(path.join(stateDirectory, 'temp'), { recursive: true });
  await chmod(stateDirectory, 0o755); // workers of another user reach their temporary files; secrets in it are 0600
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
export async function verdictDirectoryFor(options: VerdictOptions): Promise<string> {
  const [inMemory, onDisk] = verdictPlaces(options);
  try {
    return await makeAnew(inMemory);
  } catch {
    return makeAnew(onDisk); // no such file system, or not for us
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

async function makeAnew(directory: string): Promise<string> {
  await clearVerdicts(directory);
  await mkdir(directory);
  await chmod(directory, 0o711); // workers of another user enter it; the verdicts themselves are theirs alone
  return directory;
}
