import type { Database } from '@linkcast/kit';

/** The log, the file, and what others need. */
const PARTS = 3;

/**
 * Takes freed space for the database before others do: a value of a third of it is written and deleted. The log keeps its length, and the
 * file its free pages, so that later writes need no new blocks. A file system that never overwrites a block gains nothing by it.
 */
export function reservePages(database: Database, freedBytes: number): void {
  if (database.inTransaction) return; // of somebody else, who may undo it
  try {
    const bytes = Math.floor(freedBytes / PARTS);
    database.exec('CREATE TABLE reserved_pages (content BLOB)');
    try {
      database.prepare('INSERT INTO reserved_pages VALUES (zeroblob(?))').run(bytes);
    } finally {
      database.exec('DROP TABLE reserved_pages');
    }
    database.pragma('wal_checkpoint(RESTART)');
  } catch {
    // others were faster: the write that is repeated now finds out
  }
}
