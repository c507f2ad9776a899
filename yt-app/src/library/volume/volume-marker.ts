import path from 'node:path';
import { mediaMarker } from '@linkcast/contracts';
import { writeFileAtomic } from '@linkcast/kit';
import { readRegularFile } from '../files/regular-file.ts';

/**
 * The marker in MEDIA_DIR. `empty`: a person made it to mark the right directory. `strange`: not written by us.
 * `unreadable`: the directory cannot be read.
 */
export type VolumeMarker =
  { readonly kind: 'id'; readonly id: string } | { readonly kind: 'absent' | 'empty' | 'strange' | 'unreadable' };

const ID = /^[a-z2-7]{20}$/;

export async function readMarker(mediaDir: string): Promise<VolumeMarker> {
  try {
    const text = (await readRegularFile(path.join(mediaDir, mediaMarker))).trim();
    if (text === '') return { kind: 'empty' };
    return ID.test(text) ? { kind: 'id', id: text } : { kind: 'strange' };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // fs throws these
    if (code === 'ENOENT') return { kind: 'absent' };
    return { kind: code === 'ELOOP' || code === 'EISDIR' ? 'strange' : 'unreadable' };
  }
}

/** Writes the marker; it is on the disk when this resolves. */
export function writeMarker(mediaDir: string, id: string): Promise<void> {
  return writeFileAtomic(path.join(mediaDir, mediaMarker), `${id}\n`);
}
