import path from 'node:path';
import { writeFileAtomic } from '@linkcast/kit';
import { renderMasterPlaylist } from '../../pipeline/hls/master-playlist.ts';
import type { ItemFolder } from './item-folder.ts';
import { setMediaJsonAside, writeMediaJson } from '../files/media-json.ts';
import type { LibraryItem } from '../items/item-table.ts';

/**
 * Rebuilds an item whose `media.json` is lost from its playlists and MP4 files. Its source stays unknown. It counts as
 * encoded, which promises less than copied. Whether it was for everyone is lost, too: only owners see it until they change that.
 */
export async function rebuildItem(id: string, directory: string, folder: ItemFolder): Promise<LibraryItem> {
  const facts = rebuiltFacts(id, folder);
  const master = renderMasterPlaylist(
    folder.renditions.map((rendition) => rendition.master),
    'verified',
  );
  await writeFileAtomic(path.join(directory, 'index.m3u8'), master);
  await setMediaJsonAside(directory);
  await writeMediaJson(directory, facts);
  return facts;
}

function rebuiltFacts(id: string, folder: ItemFolder): LibraryItem {
  return {
    id,
    type: folder.hasMp3 ? 'audio' : 'video',
    title: `Recovered item ${new Date(folder.writtenAt).toISOString().slice(0, 10)}`,
    uploader: null,
    sourceUrl: '',
    sourceKey: '',
    extractor: null,
    sourceId: null,
    durationSeconds: Math.max(...folder.renditions.map(({ seconds }) => seconds)),
    bytes: folder.bytes,
    renditions: folder.renditions.map(({ master: { name, kind, height, codecs }, bytes }) => ({
      name,
      kind,
      height,
      codecs,
      bytes,
      handling: 'encoded',
    })),
    handling: 'encoded',
    state: 'ready',
    jobId: null,
    personId: null,
    visibility: 'mine',
    isKept: false,
    hasPoster: folder.hasPoster,
    hasFile: folder.hasMp3,
    damage: null,
    recording: null,
    marks: [],
    createdAt: Math.round(folder.writtenAt),
    deletedAt: null,
  };
}
