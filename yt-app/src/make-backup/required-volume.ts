import { readMarker } from '../library/volume/volume-marker.ts';
import { BackupFailed } from './backup-failed.ts';

/**
 * Makes sure that MEDIA_DIR holds the library of the database: a folder that is missing in it was then deleted, and is not on a
 * disk that is not mounted.
 *
 * @param volumeId the marker that the database has stored; undefined: it never saw one
 * @throws {BackupFailed} media-not-mounted.
 */
export async function requireVolume(mediaDir: string, volumeId: string | undefined): Promise<void> {
  const marker = await readMarker(mediaDir);
  if (marker.kind !== 'id' || marker.id !== volumeId) throw new BackupFailed('media-not-mounted');
}
