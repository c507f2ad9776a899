import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely';
import type { AppDatabase, DatabaseKind } from '../../database/app-database.ts';
import { searchWords } from '../../database/search-text.ts';

const MAX_WORDS = 10;
/**
 * Up to so many matches are read from the index and then sorted. More of them are found sooner by reading the items in the order of the
 * list, because a page of them is near.
 */
const MANY_MATCHES = 1000;

/**
 * The condition of a search in `media`: every typed word must begin a word of the title or the uploader. Everything but letters
 * and digits separates words, so typed text is never an operator.
 *
 * @returns undefined when there is no word in it.
 */
export async function matchTyped(database: AppDatabase, typed: string): Promise<Expression<SqlBool> | undefined> {
  const words = searchWords(typed).slice(0, MAX_WORDS);
  if (words.length === 0) return undefined;
  const numbers = await firstMatches(database, words);
  if (numbers.length > MANY_MATCHES) return scannedMatches(words);
  return numbers.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`number IN (${sql.join(numbers)})`;
}

/** The numbers of the first matching items, by the index of words; one more than are wanted shows that there are many. */
async function firstMatches(database: AppDatabase, words: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    ${indexedMatches(database.kind, words)} LIMIT ${MANY_MATCHES + 1}`.execute(database.tables());
  return rows.map(({ number }) => number);
}

/** A query of the numbers of the matching items, by the index of words. The words contain letters and digits only. */
function indexedMatches(kind: DatabaseKind, words: readonly string[]): RawBuilder<unknown> {
  if (kind === 'sqlite') {
    const query = words.map((word) => `"${word}"*`).join(' ');
    return sql`SELECT rowid AS number FROM media_words WHERE media_words MATCH ${query}`;
  }
  const query = words.map((word) => `'${word}':*`).join(' & ');
  return sql`SELECT number FROM media WHERE search_words @@ ${query}::tsquery`;
}

function scannedMatches(words: readonly string[]): Expression<SqlBool> {
  return sql<SqlBool>`(${sql.join(
    words.map((word) => sql`search_text LIKE ${`% ${word}%`}`),
    sql` AND `,
  )})`;
}
