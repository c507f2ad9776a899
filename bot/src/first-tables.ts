import type { Migration } from '@linkcast/kit';

/** The tables of the first version. */
export const firstTables: Migration = `
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
  `;
