import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely';
import type { AppDatabase, DatabaseKind } from '../../database/app-database.ts';
import { searchWords } from '../../database/search-text.ts';

const MAX_WORDS = 10;
/** Up to so many matches are read from the index and then sorted. More of them are found sooner by reading the items in the order of the list. */
const MANY_MATCHES = 1000;

/**
 * A search in `media`: every typed word must begin a word of the title or the uploader. Everything but letters and digits
 * separates words, so typed text is never an operator. Both conditions are met by the same items.
 */
export interface ItemSearch {
  /** Compares the text of each item. Fast for frequent words: a page of matches is near the start of the list. */
  readonly byText: Expression<SqlBool>;
  /** Uses the index of words, and {@link byText} for very frequent ones. */
  byIndex(): Promise<Expression<SqlBool>>;
}

/** @returns undefined when there is no word in the typed text. */
export function searchItems(database: AppDatabase, typed: string): ItemSearch | undefined {
  const words = searchWords(typed).slice(0, MAX_WORDS);
  if (words.length === 0) return undefined;
  const byText = textMatches(database.kind, words);
  return {
    byText,
    async byIndex() {
      const numbers = await firstMatches(database, words);
      if (numbers.length > MANY_MATCHES) return byText;
      return numbers.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`number IN (${sql.join(numbers)})`;
    },
  };
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

/** Finds a text within another; `LIKE` takes two or three times as long. */
const FIND = { sqlite: sql.raw('instr'), postgres: sql.raw('strpos') } as const;

function textMatches(kind: DatabaseKind, words: readonly string[]): Expression<SqlBool> {
  return sql<SqlBool>`(${sql.join(
    words.map((word) => sql`${FIND[kind]}(search_text, ${` ${word}`}) > 0`),
    sql` AND `,
  )})`;
}
