import { sql, type Kysely } from 'kysely';
import { COLUMN_TYPES } from './column-types.ts';
import type { Migration } from './migration.ts';

/** The facts by which a claim chooses a job: its host, its time, its priority, and the last claims of its person. */
export const turnsMigration: Migration = async ({ kind, transaction }) => {
  const { integer, id } = COLUMN_TYPES[kind];
  for (const statement of [
    `ALTER TABLE jobs ADD COLUMN host ${id} NOT NULL DEFAULT ''`,
    `ALTER TABLE jobs ADD COLUMN priority ${integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE jobs ADD COLUMN not_before ${integer} NOT NULL DEFAULT 0`,
    `ALTER TABLE jobs ADD COLUMN claimed_at ${integer}`,
    'UPDATE jobs SET claimed_at = started_at',
  ])
    await sql.raw(statement).execute(transaction);
  await fillHosts(transaction);
  for (const statement of INDEXES) await sql.raw(statement).execute(transaction);
};

/** Of the queued jobs, and of each person's claims; jobs of nobody count as those of one person. */
const INDEXES = [
  `CREATE INDEX jobs_waiting ON jobs (coalesce(person_id, ''), host, not_before, priority, number) WHERE state = 'queued'`,
  `CREATE INDEX jobs_claimed ON jobs (coalesce(person_id, ''), claimed_at) WHERE claimed_at IS NOT NULL`,
];

interface JobRow {
  number: number;
  url: string;
  host: string;
}

async function fillHosts(transaction: Kysely<unknown>): Promise<void> {
  const tables = transaction.$extendTables<{ jobs: JobRow }>();
  for (const { number, url } of await tables.selectFrom('jobs').select(['number', 'url']).execute())
    await tables
      .updateTable('jobs')
      .set({ host: hostOf(url) })
      .where('number', '=', number)
      .execute();
}

/** A copy of `hostOf` in `egress/source-url.ts`: a migration must not change with the code. */
function hostOf(url: string): string {
  return (URL.parse(url)?.hostname ?? '').replace(/\.$/, '').replace(/^www\./, '');
}
