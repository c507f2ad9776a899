/**
 * The keys by which callers recognise their requests. Before, a key was a column of its job and the same for every caller:
 * those belong to `api-token`, which stands for whoever had the one key that there was. `digest` is of the request; null:
 * not known, the job itself tells.
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
