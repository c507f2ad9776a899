/**
 * The people who may sign in, the sessions, and the shares. Of every token only its SHA-256 digest is stored. Times are
 * milliseconds since 1970. A session without a Telegram id was signed in by a code from the console.
 */
export const accessMigration = `
CREATE TABLE members (
  telegram_id INTEGER PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('owner', 'member'))
) STRICT;
CREATE TABLE sessions (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  digest BLOB NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
  telegram_id INTEGER,
  name TEXT,
  device TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_person ON sessions (telegram_id);
CREATE INDEX sessions_end ON sessions (expires_at);
CREATE TABLE sign_in_codes (
  digest BLOB PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
  telegram_id INTEGER,
  name TEXT,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE used_init_data (
  digest BLOB PRIMARY KEY,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE shares (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  digest BLOB NOT NULL UNIQUE,
  media_id TEXT REFERENCES media (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX shares_item ON shares (media_id);
CREATE INDEX shares_end ON shares (expires_at);
`;
