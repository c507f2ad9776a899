import { openDatabase, type Database, type Migration } from '@linkcast/kit';

/** All times are milliseconds since 1970. */
const migrations: readonly Migration[] = [
  `
  CREATE TABLE updates (
    bot_id INTEGER NOT NULL,
    update_id INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (bot_id, update_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE people (
    user_id INTEGER PRIMARY KEY,
    is_owner INTEGER NOT NULL DEFAULT 0,
    refused_at INTEGER NOT NULL DEFAULT 0,
    wrong_codes INTEGER NOT NULL DEFAULT 0,
    wrong_since INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE dialogues (
    chat_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    type TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    PRIMARY KEY (chat_id, user_id)
  ) STRICT, WITHOUT ROWID;

  -- A pasted link that waits for Video or Audio. AUTOINCREMENT: an id in an old button never means another link.
  CREATE TABLE offers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    url TEXT NOT NULL,
    is_taken INTEGER NOT NULL DEFAULT 0,
    offered_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    chat_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    reply_to INTEGER,
    url TEXT NOT NULL,
    type TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('new', 'retry', 'watching', 'ended')),
    attempt INTEGER NOT NULL DEFAULT 0,
    job_id TEXT,
    is_cancel_asked INTEGER NOT NULL DEFAULT 0,
    status_message_id INTEGER,
    is_status_lost INTEGER NOT NULL DEFAULT 0,
    ending TEXT,
    is_told INTEGER NOT NULL DEFAULT 0,
    seen_finish TEXT,
    changed_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX requests_untold ON requests (chat_id) WHERE is_told = 0;
  CREATE INDEX requests_job ON requests (job_id);

  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    keyboard TEXT NOT NULL,
    reply_to INTEGER,
    written_at INTEGER NOT NULL
  ) STRICT;
  `,
];

export function openBotDatabase(file: string): Database {
  return openDatabase(file, migrations);
}

const DAY_MS = 86_400_000;
/** Telegram keeps undelivered updates for a day. */
const KEEP_UPDATES_MS = 3 * DAY_MS;
/** How long the buttons under old messages work. */
const KEEP_REQUESTS_MS = 90 * DAY_MS;

/** Forgets what nobody can need any more. */
export function pruneBotDatabase(database: Database, now: number): void {
  const remove = (sql: string, before: number): void => void database.prepare(sql).run(before);
  database.transaction(() => {
    remove('DELETE FROM updates WHERE seen_at < ?', now - KEEP_UPDATES_MS);
    remove('DELETE FROM dialogues WHERE asked_at < ?', now - DAY_MS);
    remove('DELETE FROM offers WHERE offered_at < ?', now - KEEP_REQUESTS_MS);
    remove('DELETE FROM requests WHERE is_told = 1 AND changed_at < ?', now - KEEP_REQUESTS_MS);
    remove('DELETE FROM people WHERE is_owner = 0 AND max(refused_at, wrong_since) < ?', now - KEEP_UPDATES_MS);
  })();
}
