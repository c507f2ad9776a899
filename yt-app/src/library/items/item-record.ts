import { paths, type Media, type MediaType, type Rendition } from '@linkcast/contracts';

/** What is known of a media item; the database and `media.json` hold the same. */
export interface LibraryItem {
  readonly id: string;
  readonly type: MediaType;
  readonly title: string;
  readonly uploader: string | null;
  /** Empty: unknown, as of a recovered item. */
  readonly sourceUrl: string;
  /** The normalised source URL: equal keys are the same source. */
  readonly sourceKey: string;
  readonly extractor: string | null;
  /** The source's own id for it, unique together with `extractor`. */
  readonly sourceId: string | null;
  readonly durationSeconds: number | null;
  readonly bytes: number;
  readonly renditions: readonly Rendition[];
  readonly handling: 'copied' | 'encoded';
  readonly state: 'playable' | 'ready';
  readonly jobId: string | null;
  /** Is there a `poster.jpg`? */
  readonly hasPoster: boolean;
  /** Is there a whole `audio.mp3`? */
  readonly hasFile: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** A row of the library. */
export interface ItemRecord extends LibraryItem {
  /** When the station last aired it, in milliseconds since 1970; null: never. */
  readonly airedAt: number | null;
}

/** A row as the API shows it, with its links. */
export function itemView(facts: LibraryItem): Media {
  const { id, type } = facts;
  return {
    id,
    type,
    title: facts.title,
    uploader: facts.uploader,
    sourceUrl: facts.sourceUrl === '' ? null : facts.sourceUrl,
    extractor: facts.extractor,
    durationSeconds: facts.durationSeconds,
    bytes: facts.bytes,
    renditions: [...facts.renditions],
    handling: facts.handling,
    state: facts.state,
    jobId: facts.jobId,
    poster: facts.hasPoster ? paths.poster(id) : null,
    links: {
      page: type === 'video' ? paths.watch(id) : paths.listen(id),
      hls: facts.renditions.length > 0 ? paths.masterPlaylist(id) : null,
      file: facts.hasFile ? paths.audioFile(id) : null,
    },
    createdAt: new Date(facts.createdAt).toISOString(),
  };
}
