import { openDatabase, type Database, type Migration } from '@linkcast/kit';

/** All times are milliseconds since 1970. */
export const migrations: readonly Migration[] = [
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
  `
  ALTER TABLE people ADD COLUMN sign_ins INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE people ADD COLUMN sign_ins_since INTEGER NOT NULL DEFAULT 0;

  -- A deferred reply: the text is made when the message is sent.
  ALTER TABLE outbox ADD COLUMN errand TEXT;
  ALTER TABLE outbox ADD COLUMN lifetime_ms INTEGER NOT NULL DEFAULT 3600000;

  ALTER TABLE requests ADD COLUMN share_state TEXT NOT NULL DEFAULT 'wanted'
    CHECK (share_state IN ('wanted', 'shared', 'revoking', 'unshared'));
  ALTER TABLE requests ADD COLUMN share_id TEXT;
  ALTER TABLE requests ADD COLUMN share_expires_at TEXT;
  ALTER TABLE requests ADD COLUMN share_links TEXT;
  ALTER TABLE requests ADD COLUMN share_playable_at TEXT;
  UPDATE requests SET share_state = 'unshared' WHERE is_told = 1;
  CREATE INDEX requests_sharing ON requests (share_state) WHERE share_state IN ('wanted', 'revoking');

  -- The notices that were reported to the owners; seen_at: the last time that yt-app had the notice.
  CREATE TABLE notices (
    owner_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (owner_id, key)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- language: chosen with /lang. language_code: of the person's last update, as Telegram gives it.
  ALTER TABLE people ADD COLUMN language TEXT;
  ALTER TABLE people ADD COLUMN language_code TEXT;
  `,
  `
  -- The notices that were reported to the owners and have not ended. The keys of the earlier table were others.
  DROP TABLE notices;
  CREATE TABLE notices (
    owner_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    severity TEXT NOT NULL,
    sentence TEXT NOT NULL,
    message TEXT,
    reported_at INTEGER NOT NULL,
    absent_since INTEGER,
    PRIMARY KEY (owner_id, key)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- role: yt-app's last answer, of answered_at (0: none yet); null: not let in. is_language_unsent: yt-app does not have the language.
  ALTER TABLE people ADD COLUMN role TEXT CHECK (role IN ('owner', 'member'));
  ALTER TABLE people ADD COLUMN answered_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE people ADD COLUMN hinted_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE people ADD COLUMN is_language_unsent INTEGER NOT NULL DEFAULT 0;
  UPDATE people SET role = 'owner', answered_at = 1 WHERE is_owner = 1;
  UPDATE people SET is_language_unsent = 1 WHERE language IS NOT NULL;
  ALTER TABLE people DROP COLUMN is_owner;
  ALTER TABLE people DROP COLUMN wrong_codes;
  ALTER TABLE people DROP COLUMN wrong_since;

  -- Whoever pressed the button whose call is due; null: the requester.
  ALTER TABLE requests ADD COLUMN actor_id INTEGER;
  ALTER TABLE requests ADD COLUMN share_actor_id INTEGER;
  -- Shares were made without being asked for. Those of delivered links stay; those of running downloads end.
  DROP INDEX requests_sharing;
  ALTER TABLE requests RENAME COLUMN share_state TO unasked_share;
  ALTER TABLE requests ADD COLUMN share_state TEXT NOT NULL DEFAULT 'unshared'
    CHECK (share_state IN ('wanted', 'shared', 'revoking', 'unshared'));
  UPDATE requests SET share_state = CASE WHEN state = 'ended' THEN unasked_share ELSE 'revoking' END
    WHERE unasked_share IN ('shared', 'revoking');
  ALTER TABLE requests DROP COLUMN unasked_share;
  ALTER TABLE requests DROP COLUMN share_playable_at;
  CREATE INDEX requests_sharing ON requests (share_state) WHERE share_state IN ('wanted', 'revoking');
  `,
  `
  CREATE TABLE event_cursor (
    number INTEGER PRIMARY KEY CHECK (number = 1),
    last_event_id TEXT NOT NULL
  ) STRICT;
  `,
];

export function openBotDatabase(file: string): Database {
  const database = openDatabase(file, migrations);
  database.pragma('secure_delete = ON'); // deleted share links leave no trace in free pages
  return database;
}
