/**
 * The library's tables. `number` is a key of our own because the full-text index needs one that stays the same;
 * `title_key` is the title as it sorts: without case and accents, at most 100 characters.
 */
export const libraryMigration = `
CREATE TABLE media (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL CHECK (type IN ('video', 'audio')),
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  uploader TEXT,
  source_url TEXT NOT NULL,
  source_key TEXT NOT NULL,
  extractor TEXT,
  source_id TEXT,
  duration_seconds REAL,
  bytes INTEGER NOT NULL,
  renditions TEXT NOT NULL,
  handling TEXT NOT NULL CHECK (handling IN ('copied', 'encoded')),
  state TEXT NOT NULL CHECK (state IN ('playable', 'ready')),
  job_id TEXT,
  has_poster INTEGER NOT NULL,
  has_file INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  aired_at INTEGER
) STRICT;
CREATE INDEX media_created ON media (created_at, id);
CREATE INDEX media_title ON media (title_key, id);
CREATE INDEX media_duration ON media (ifnull(duration_seconds, -1), id);
CREATE INDEX media_source_key ON media (source_key, type);
CREATE INDEX media_source_id ON media (extractor, source_id, type) WHERE source_id IS NOT NULL;
CREATE INDEX media_airable ON media (aired_at, created_at) WHERE type = 'audio' AND state = 'ready' AND has_file = 1;

CREATE VIRTUAL TABLE media_words USING fts5(
  title, uploader, content = 'media', content_rowid = 'number',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER media_words_insert AFTER INSERT ON media BEGIN
  INSERT INTO media_words (rowid, title, uploader) VALUES (new.number, new.title, new.uploader);
END;
CREATE TRIGGER media_words_delete AFTER DELETE ON media BEGIN
  INSERT INTO media_words (media_words, rowid, title, uploader) VALUES ('delete', old.number, old.title, old.uploader);
END;
CREATE TRIGGER media_words_update AFTER UPDATE OF title, uploader ON media BEGIN
  INSERT INTO media_words (media_words, rowid, title, uploader) VALUES ('delete', old.number, old.title, old.uploader);
  INSERT INTO media_words (rowid, title, uploader) VALUES (new.number, new.title, new.uploader);
END;
`;
