/**
 * The problem of a job as code and facts, for which each language has words. Version 0.1.0 stored the whole document with its
 * English sentence; only the limit in that sentence is a fact: `6 hours`, `8 GB`, `4096 × 2176 pixels`.
 */
export const problemMigration = `
WITH
  documents AS (
    SELECT number, problem ->> 'code' AS code, problem -> 'facts' AS facts, problem ->> 'error' AS error
    FROM jobs WHERE problem IS NOT NULL
  ),
  limits AS (
    SELECT number, rtrim(substr(error, instr(error, ' limit of ') + length(' limit of ')), '.') AS text
    FROM documents WHERE instr(error, ' limit of ') > 0
  ),
  amounts AS (
    SELECT number, CAST(text AS REAL) AS amount, substr(text, instr(text, ' ') + 1) AS unit FROM limits
  ),
  units (unit, kind, name, factor) AS (
    VALUES
      ('hour', 'duration', 'seconds', 3600), ('hours', 'duration', 'seconds', 3600), ('h', 'duration', 'seconds', 3600),
      ('minute', 'duration', 'seconds', 60), ('minutes', 'duration', 'seconds', 60), ('min', 'duration', 'seconds', 60),
      ('second', 'duration', 'seconds', 1), ('seconds', 'duration', 'seconds', 1), ('s', 'duration', 'seconds', 1),
      ('kB', 'size', 'bytes', 1000), ('MB', 'size', 'bytes', 1000000), ('GB', 'size', 'bytes', 1000000000)
  ),
  parsed AS (
    SELECT number, json_object('kind', kind, name, CAST(round(amount * factor) AS INTEGER)) AS value
    FROM amounts JOIN units USING (unit)
    UNION ALL
    SELECT number, json_object('kind', 'picture', 'width', CAST(amount AS INTEGER), 'height', CAST(substr(unit, 3) AS INTEGER))
    FROM amounts WHERE unit LIKE '× % pixels'
  )
UPDATE jobs SET problem = (
  SELECT json_object(
    'code', code,
    'facts', json(coalesce(facts, (SELECT json_object('limit', json(value)) FROM parsed WHERE parsed.number = documents.number), '{}'))
  )
  FROM documents WHERE documents.number = jobs.number
)
WHERE problem IS NOT NULL;
`;
