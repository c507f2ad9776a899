import { MediaType, Rendition } from '@linkcast/contracts';
import { z } from 'zod';
import { column, createTable, flagColumn, jsonColumn, type RecordOf } from '../../database/table.ts';
import { titleKey } from './title-key.ts';

/** The columns of a media item. Times are milliseconds since 1970. `media.json` has the same fields. */
const columns = {
  id: column('id', z.string()),
  type: column('type', MediaType),
  title: column('title', z.string()),
  uploader: column('uploader', z.string().nullable()),
  /** Empty: unknown, as of a rebuilt item. */
  sourceUrl: column('source_url', z.string()),
  /** The normalised source URL: equal keys are the same source. */
  sourceKey: column('source_key', z.string()),
  extractor: column('extractor', z.string().nullable()),
  /** The source's own id for it, unique together with `extractor`. */
  sourceId: column('source_id', z.string().nullable()),
  durationSeconds: column('duration_seconds', z.number().nullable()),
  bytes: column('bytes', z.number()),
  renditions: jsonColumn('renditions', z.array(Rendition).readonly()),
  handling: column('handling', z.enum(['copied', 'encoded'])),
  state: column('state', z.enum(['playable', 'ready'])),
  jobId: column('job_id', z.string().nullable()),
  /** Reports whether there is a `poster.jpg`. */
  hasPoster: flagColumn('has_poster'),
  /** Reports whether there is a whole `audio.mp3`. */
  hasFile: flagColumn('has_file'),
  createdAt: column('created_at', z.number()),
};
/** The last time that the station aired the item; null: never. Only the station writes it. */
const airedAt = column('aired_at', z.number().nullable());
/** The title as it sorts. It is derived here, and never read. */
const titleKeyColumn = column('title_key', z.string());

/** A media item. */
export type LibraryItem = RecordOf<typeof columns>;
/** A media item as the database has it. */
export type ItemRecord = RecordOf<typeof columns & { airedAt: typeof airedAt }>;

const readTable = createTable('media', { ...columns, airedAt });
const writtenTable = createTable('media', { ...columns, titleKey: titleKeyColumn });

/** Reads and writes rows of the library. */
export const itemTable = {
  read: (row: unknown): ItemRecord => readTable.read(row),
  /** Inserts an item, or writes its fields into the row with its id. */
  upsert: (item: LibraryItem) => writtenTable.upsert({ ...item, titleKey: titleKey(item.title) }, 'id'),
  /** Writes a title into the row with the id `@id`. */
  rename: (title: string) => writtenTable.update({ title, titleKey: titleKey(title) }, 'id = @id'),
};
