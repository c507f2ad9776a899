/**
 * The idempotency keys of callers. In the earlier version a key was a column of its job and the same for every caller: those
 * belong to `api-token`, the caller with the one key of that version. `digest` is that of the request; null: unknown, the
 * job has the request.
 */
export const idempotencyMigration = `
CREATE TABLE idempotency_keys (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  caller TEXT NOT NULL,
  key TEXT NOT NULL,
  digest BLOB,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  UNIQUE (caller, key)
) STRICT;
CREATE INDEX idempotency_keys_caller ON idempotency_keys (caller, number);
CREATE INDEX idempotency_keys_job ON idempotency_keys (job_id);
INSERT INTO idempotency_keys (caller, key, job_id)
  SELECT 'api-token', idempotency_key, id FROM jobs WHERE idempotency_key IS NOT NULL ORDER BY number;
UPDATE jobs SET idempotency_key = NULL;
`;
