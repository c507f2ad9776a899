import { access } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mediaMarker, Problem } from '@linkcast/contracts';
import type { PipelineRun } from './pipeline-run.ts';

const RETURN_SECONDS = 60;
const ABSENT = ['ENOENT', 'ENOTDIR'];

/**
 * The API checks the volume every few seconds. A job that starts or goes on in between must not write beside an absent one: an empty
 * mount point takes the files, and hides them when the volume is back.
 *
 * @throws {Problem} media-missing when MEDIA_DIR has no marker.
 */
export async function requireMediaVolume(mediaDir: string): Promise<void> {
  if (!(await exists(path.join(mediaDir, mediaMarker)))) throw new Problem('media-missing');
}

/** Reports whether the volume is absent, or was so while the job ran: its programs and system calls have failed because of that. */
export async function isMediaVolumeLost({ mediaDir, workDirectory }: PipelineRun, error: unknown): Promise<boolean> {
  if (!(await exists(path.join(mediaDir, mediaMarker))) || !(await exists(workDirectory))) return true;
  const { code, path: place } = error as NodeJS.ErrnoException; // fs throws these
  return code === 'ENOENT' && (place === mediaDir || place?.startsWith(`${workDirectory}/`) === true);
}

/**
 * Waits until the volume is present again, so that the files on it can be removed; at most a minute, or until the signal. After a longer
 * absence, the next start removes them.
 */
export async function untilMediaVolumeReturns(mediaDir: string, signal: AbortSignal): Promise<void> {
  for (let seconds = 0; seconds < RETURN_SECONDS && !signal.aborted; seconds += 1) {
    if (await exists(path.join(mediaDir, mediaMarker))) return;
    await delay(1000, undefined, { signal }).catch(() => undefined); // the loop ends
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    (error: unknown) => !ABSENT.includes((error as NodeJS.ErrnoException).code ?? ''), // fs throws these
  );
}
