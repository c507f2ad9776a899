import { ownFileId, paths, type Media } from '@linkcast/contracts';
import type { LibraryItem } from './item-table.ts';

/** An item as the API shows it, with its links. */
export function itemView(item: LibraryItem): Media {
  const { id, type } = item;
  return {
    id,
    type,
    title: item.title,
    uploader: item.uploader,
    sourceUrl: item.sourceUrl === '' || ownFileId(item.sourceUrl) !== undefined ? null : item.sourceUrl,
    extractor: item.extractor,
    durationSeconds: item.durationSeconds,
    bytes: item.bytes,
    renditions: [...item.renditions],
    handling: item.handling,
    state: item.state,
    jobId: item.jobId,
    personId: item.personId,
    visibility: item.visibility,
    isKept: item.isKept,
    poster: item.hasPoster ? paths.poster(id) : null,
    links: {
      page: type === 'video' ? paths.watch(id) : paths.listen(id),
      hls: item.renditions.length > 0 ? paths.masterPlaylist(id) : null,
      file: item.hasFile ? paths.audioFile(id) : null,
    },
    damage: item.damage,
    recording: item.recording,
    marks: [...item.marks],
    createdAt: new Date(item.createdAt).toISOString(),
    deletedAt: item.deletedAt === null ? null : new Date(item.deletedAt).toISOString(),
  };
}
