/** The table of jobs. `number` orders them; a queued job is claimed by the lowest. Times are milliseconds since 1970. */
export const jobsMigration = `
CREATE TABLE jobs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('queued', 'resolving', 'downloading', 'converting', 'verifying', 'ready', 'failed', 'cancelled')),
  type TEXT NOT NULL CHECK (type IN ('video', 'audio')),
  url TEXT NOT NULL,
  source_key TEXT NOT NULL,
  quality TEXT NOT NULL,
  idempotency_key TEXT UNIQUE,
  attempt INTEGER NOT NULL DEFAULT 0,
  media_id TEXT NOT NULL,
  title TEXT,
  extractor TEXT,
  source_id TEXT,
  handling TEXT,
  playable INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  problem TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  playable_at INTEGER,
  finished_at INTEGER
) STRICT;
CREATE INDEX jobs_state ON jobs (state, number);
CREATE INDEX jobs_source ON jobs (source_key, type, quality);
CREATE INDEX jobs_media ON jobs (media_id);
CREATE INDEX jobs_twin ON jobs (extractor, source_id, type, quality) WHERE source_id IS NOT NULL;
`;
