import { Mark, MediaDamage, MediaType, Recording, Rendition, Visibility } from '@linkcast/contracts';
import { z } from 'zod';
import type { Generated } from 'kysely';
import type { AppDatabase } from '../../database/app-database.ts';
import { column, createTable, flagColumn, jsonColumn, type RecordOf, type SqlRowOf } from '../../database/table.ts';
import { searchText } from '../../database/search-text.ts';
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
  /** The person whose item it is; null: nobody's. */
  personId: column('person_id', z.string().nullable()),
  visibility: column('visibility', Visibility),
  /** True: no retention rule takes it. */
  isKept: flagColumn('is_kept'),
  /** Reports whether there is a `poster.jpg`. */
  hasPoster: flagColumn('has_poster'),
  /** Reports whether there is a whole `audio.mp3`. */
  hasFile: flagColumn('has_file'),
  /** The part that cannot be played; null: none. */
  damage: jsonColumn('damage', MediaDamage.nullable()),
  /** The state of a recording of a live source; null: the item is none. */
  recording: column('recording', Recording.nullable()),
  /** Empty too when a later version has stored what this one does not have. */
  marks: jsonColumn('marks', z.array(Mark).readonly().catch([])),
  createdAt: column('created_at', z.number()),
  /** The time of the move to the trash; null: it is in the library. */
  deletedAt: column('deleted_at', z.number().nullable()),
};
/** The last time that the station aired the item; null: never. Only the station writes it. */
const airedAt = column('aired_at', z.number().nullable());
/** The title as it sorts, and the words as they are searched. They are derived here, and never read. */
const derived = { titleKey: column('title_key', z.string()), searchText: column('search_text', z.string()) };

/** A media item. */
export type LibraryItem = RecordOf<typeof columns>;
/** A media item as the database has it. */
export type ItemRecord = RecordOf<typeof columns & { airedAt: typeof airedAt }>;

const written = { ...columns, ...derived };
const readTable = createTable({ ...columns, airedAt });
const writtenTable = createTable(written);

interface ItemTables {
  media: SqlRowOf<typeof written & { airedAt: typeof airedAt }> & {
    number: Generated<number>;
    /** The last comparison of its files with their checksums. */
    checked_at: Generated<number>;
    /** The time when all of it was decoded; 0: never. */
    decoded_at: Generated<number>;
  };
}

/** Reads and writes rows of the library. */
export const itemTable = {
  query: (database: AppDatabase) => database.tables<ItemTables>(),
  read: readTable.read,
  readOne: readTable.readOne,
  readAll: readTable.readAll,
  names: readTable.names,
  /** The columns of an item; `airedAt` is not among them. */
  write: (item: LibraryItem) => writtenTable.writeNew({ ...item, ...derive(item.title, item.uploader) }),
  /** Some columns of an item, none of which another is derived from. */
  writeSome: (values: Partial<Pick<LibraryItem, 'visibility' | 'isKept' | 'deletedAt' | 'damage'>>) =>
    writtenTable.write(values),
  /** The columns of an item's new title. */
  writeTitle: (title: string, uploader: string | null) => writtenTable.write({ title, ...derive(title, uploader) }),
};

function derive(title: string, uploader: string | null): { titleKey: string; searchText: string } {
  return { titleKey: titleKey(title), searchText: searchText(title, uploader) };
}
