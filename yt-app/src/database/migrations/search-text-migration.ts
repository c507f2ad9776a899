import { sql } from 'kysely';
import type { DatabaseKind } from '../open-database.ts';
import { searchText } from '../search-text.ts';
import type { Migration } from './migration.ts';

/**
 * The words of title and uploader as they are searched, and an index of them. The earlier index of SQLite had the words as they
 * were written, which differ from typed ones in scripts whose letters are composed, such as Hangul.
 */
export const searchTextMigration: Migration = async ({ kind, transaction }) => {
  if (kind === 'sqlite') for (const statement of DROP_EARLIER_INDEX) await sql.raw(statement).execute(transaction);
  await sql`ALTER TABLE media ADD COLUMN search_text TEXT NOT NULL DEFAULT ''`.execute(transaction);
  const media = transaction.$extendTables<{ media: MediaRow }>();
  const rows = await media.selectFrom('media').select(['number', 'title', 'uploader']).execute();
  for (const { number, title, uploader } of rows)
    await media
      .updateTable('media')
      .set({ search_text: searchText(title, uploader) })
      .where('number', '=', number)
      .execute();
  for (const statement of INDEX[kind]) await sql.raw(statement).execute(transaction);
};

interface MediaRow {
  number: number;
  title: string;
  uploader: string | null;
  search_text: string;
}

const DROP_EARLIER_INDEX = [
  'DROP TRIGGER media_words_insert',
  'DROP TRIGGER media_words_delete',
  'DROP TRIGGER media_words_update',
  'DROP TABLE media_words',
];

const DELETE_OLD = `INSERT INTO media_words (media_words, rowid, search_text) VALUES ('delete', old.number, old.search_text)`;
const INSERT_NEW = 'INSERT INTO media_words (rowid, search_text) VALUES (new.number, new.search_text)';

const INDEX: Readonly<Record<DatabaseKind, readonly string[]>> = {
  sqlite: [
    `CREATE VIRTUAL TABLE media_words USING fts5(
      search_text, content = 'media', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3'
    )`,
    `INSERT INTO media_words (media_words) VALUES ('rebuild')`,
    `CREATE TRIGGER media_words_insert AFTER INSERT ON media BEGIN ${INSERT_NEW}; END`,
    `CREATE TRIGGER media_words_delete AFTER DELETE ON media BEGIN ${DELETE_OLD}; END`,
    `CREATE TRIGGER media_words_update AFTER UPDATE OF search_text ON media BEGIN ${DELETE_OLD}; ${INSERT_NEW}; END`,
  ],
  postgres: [
    `ALTER TABLE media ADD COLUMN search_words tsvector
      GENERATED ALWAYS AS (array_to_tsvector(string_to_array(trim(search_text), ' '))) STORED`,
    'CREATE INDEX media_words ON media USING gin (search_words) WITH (fastupdate = off)',
  ],
};
