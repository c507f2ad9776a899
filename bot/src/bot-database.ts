import type { BOT_SCHEMA } from '@linkcast/contracts';
import { openDatabase, type Database, type Migration } from '@linkcast/kit';
import { firstTables } from './first-tables.ts';

/** All times are milliseconds since 1970. */
export const migrations = [
  firstTables,
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
  `
  -- The number of changes of the job since it was last read.
  ALTER TABLE requests ADD COLUMN due_reads INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX requests_due ON requests (id) WHERE due_reads > 0;
  `,
  `
  -- The ends of jobs that are to be reported to their requesters. person_id is of yt-app.
  CREATE TABLE job_ends (
    job_id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL,
    noted_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX job_ends_person ON job_ends (person_id, noted_at);
  -- Telegram makes no sound for the message.
  ALTER TABLE outbox ADD COLUMN is_silent INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- The questions about unwatched items that were sent to the owners. question_id is of yt-app.
  CREATE TABLE asked_questions (
    owner_id INTEGER NOT NULL,
    question_id TEXT NOT NULL,
    PRIMARY KEY (owner_id, question_id)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- When the end was first shown in the chat; null: not yet.
  ALTER TABLE requests ADD COLUMN delivered_at INTEGER;
  UPDATE requests SET delivered_at = changed_at WHERE state = 'ended' AND is_told = 1;
  `,
  `
  -- playlist: the choice for a link that is a list. question: the facts of the list, until its requester has chosen.
  ALTER TABLE requests ADD COLUMN playlist TEXT NOT NULL DEFAULT 'one' CHECK (playlist IN ('ask', 'one', 'all'));
  ALTER TABLE requests ADD COLUMN question TEXT;
  `,
  `
  -- Lists that people want to follow, until yt-app has answered.
  CREATE TABLE follow_wishes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    url TEXT NOT NULL,
    type TEXT NOT NULL,
    wished_at INTEGER NOT NULL
  ) STRICT;
  -- Lists that were paused by themselves, until their people have the message. Ids are of yt-app.
  CREATE TABLE given_up_lists (
    list_id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL,
    title TEXT NOT NULL,
    code TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Messages with cookies, until yt-app has answered and they are deleted from the chat.
  CREATE TABLE cookie_wishes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    file_id TEXT NOT NULL,
    site TEXT,
    wished_at INTEGER NOT NULL
  ) STRICT;
  `,
] as const satisfies readonly Migration[];

export function openBotDatabase(file: string): Database {
  const database = openDatabase(file, migrations satisfies { readonly length: typeof BOT_SCHEMA });
  database.pragma('secure_delete = ON'); // deleted share links leave no trace in free pages
  return database;
}
