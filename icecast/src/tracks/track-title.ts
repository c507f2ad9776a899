import { Media } from '@linkcast/contracts';
import { parseJson } from '@linkcast/kit';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { streamFormat } from '../conf/stream-format.ts';

const TitledMedia = Media.pick({ title: true, uploader: true });

/**
 * Reads the title for listeners from an item's media.json, in one line: `uploader - title`, or the station's name if there
 * is no media.json. Not from the tags of the file, which may lack an artist.
 */
export async function readTrackTitle(directory: string): Promise<string> {
  const text = await readFile(path.join(directory, 'media.json'), 'utf8').catch(() => '{}'); // not written yet
  const media = TitledMedia.safeParse(parseJson(text));
  if (!media.success) return streamFormat.name;
  const { title, uploader } = media.data;
  return (uploader === null ? title : `${uploader} - ${title}`).replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
}
