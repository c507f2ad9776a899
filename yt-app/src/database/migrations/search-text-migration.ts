import { sql, type Kysely } from 'kysely';
import { searchText } from '../search-text.ts';
import type { Migration } from './migration.ts';

/**
 * The words of title and uploader as they are searched. On PostgreSQL they are also indexed; SQLite has its full-text index
 * of the same two columns.
 */
export const searchTextMigration: Migration = async ({ kind, transaction }) => {
  await sql`ALTER TABLE media ADD COLUMN search_text TEXT NOT NULL DEFAULT ''`.execute(transaction);
  if (kind === 'postgres') await indexWords(transaction);
  const media = transaction.$extendTables<{ media: MediaRow }>();
  const rows = await media.selectFrom('media').select(['number', 'title', 'uploader']).execute();
  for (const { number, title, uploader } of rows)
    await media
      .updateTable('media')
      .set({ search_text: searchText(title, uploader) })
      .where('number', '=', number)
      .execute();
};

interface MediaRow {
  number: number;
  title: string;
  uploader: string | null;
  search_text: string;
}

async function indexWords(transaction: Kysely<unknown>): Promise<void> {
  await sql`
    ALTER TABLE media ADD COLUMN search_words tsvector
    GENERATED ALWAYS AS (array_to_tsvector(string_to_array(trim(search_text), ' '))) STORED`.execute(transaction);
  await sql`CREATE INDEX media_words ON media USING gin (search_words) WITH (fastupdate = off)`.execute(transaction);
}
