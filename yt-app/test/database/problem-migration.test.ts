import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JobList, type ProblemFacts, type ProblemType } from '@linkcast/contracts';
import { openDatabase, type Database } from '@linkcast/kit';
import { startYtApp } from '@linkcast/testing';
import { textsOf } from '@linkcast/texts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAppDatabase } from '../../src/database/app-database.ts';
import { accessMigration } from '../../src/database/migrations/sqlite-history/access-migration.ts';
import { handlingMigration } from '../../src/database/migrations/sqlite-history/handling-migration.ts';
import { idempotencyMigration } from '../../src/database/migrations/sqlite-history/idempotency-migration.ts';
import { jobsMigration } from '../../src/database/migrations/sqlite-history/jobs-migration.ts';
import { leasesMigration } from '../../src/database/migrations/sqlite-history/leases-migration.ts';
import { libraryMigration } from '../../src/database/migrations/sqlite-history/library-migration.ts';
import { stationMigration } from '../../src/database/migrations/sqlite-history/station-migration.ts';
import { upkeepMigration } from '../../src/database/migrations/sqlite-history/upkeep-migration.ts';
import { volumeMigration } from '../../src/database/migrations/sqlite-history/volume-migration.ts';
import { storesOf } from '../fixtures/stores-of.ts';

/** The schema of version 0.1.0. */
const earlier = [
  libraryMigration,
  stationMigration,
  jobsMigration,
  accessMigration,
  upkeepMigration,
  volumeMigration,
  idempotencyMigration,
  handlingMigration,
  leasesMigration,
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'linkcast-problem-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A failed job with its problem, as version 0.1.0 stored it. */
function addFailed(database: Database, id: string, code: ProblemType, error: string, more: object = {}): void {
  const problem = {
    type: `urn:linkcast:problem:${code}`,
    title: 'A title',
    status: 422,
    error,
    code,
    retryable: false,
  };
  database
    .prepare(
      `INSERT INTO jobs (id, state, type, url, source_key, quality, media_id, problem, created_at, finished_at)
       VALUES (?, 'failed', 'video', 'https://example.com/', 'k', 'best', 'm', ?, 0, 1)`,
    )
    .run(id, JSON.stringify({ ...problem, ...more }));
}

test.each<[string, ProblemType, string, ProblemFacts]>([
  ['hours', 'too-long', 'That is longer than the limit of 6 hours.', { limit: { kind: 'duration', seconds: 21_600 } }],
  ['an hour', 'too-long', 'That is longer than the limit of 1 hour.', { limit: { kind: 'duration', seconds: 3600 } }],
  [
    'minutes',
    'too-long',
    'That is longer than the limit of 90 minutes.',
    { limit: { kind: 'duration', seconds: 5400 } },
  ],
  ['seconds', 'too-long', 'That is longer than the limit of 45 seconds.', { limit: { kind: 'duration', seconds: 45 } }],
  ['gigabytes', 'too-large', 'That is larger than the limit of 1.5 GB.', { limit: { kind: 'size', bytes: 1.5e9 } }],
  ['megabytes', 'too-large', 'That is larger than the limit of 500 MB.', { limit: { kind: 'size', bytes: 5e8 } }],
  ['kilobytes', 'too-large', 'That is larger than the limit of 12 kB.', { limit: { kind: 'size', bytes: 12_000 } }],
  [
    'a picture',
    'too-large',
    'That is larger than the limit of 4096 × 2176 pixels.',
    { limit: { kind: 'picture', width: 4096, height: 2176 } },
  ],
  ['no limit', 'too-large', 'That is larger than the limit of.', {}],
  ['an unknown unit', 'too-large', 'That is larger than the limit of 3 boxes.', {}],
  ['another problem', 'source-private', 'This video is private.', {}],
])('a stored problem of version 0.1.0 with %s: becomes code and facts', async (_, code, error, facts) => {
  const file = path.join(folder, 'db.sqlite');
  const before = openDatabase(file, earlier);
  addFailed(before, 'failed', code, error);
  before.close();

  const after = await openAppDatabase(file);
  expect((await storesOf(after).jobs.get('failed'))?.problem).toEqual({ code, facts });
  await after.close();
});

test('a stored problem that already has facts: keeps them; a job without a problem: has none', async () => {
  const file = path.join(folder, 'db.sqlite');
  const before = openDatabase(file, earlier);
  addFailed(before, 'failed', 'source-forbidden', 'x', { facts: { host: '10.0.0.1' } });
  addFailed(before, 'well', 'internal', 'x');
  before.prepare(`UPDATE jobs SET state = 'ready', problem = NULL WHERE id = 'well'`).run();
  before.close();

  const after = await openAppDatabase(file);
  const store = storesOf(after).jobs;
  expect((await store.get('failed'))?.problem).toEqual({ code: 'source-forbidden', facts: { host: '10.0.0.1' } });
  expect((await store.get('well'))?.problem).toBeNull();
  await after.close();
});

test('a database of version 0.1.0: its failed job is answered in the language of the reader', async () => {
  const ytApp = await startYtApp({});
  try {
    await ytApp.kill('SIGTERM');
    const file = path.join(path.dirname(ytApp.mediaDir), 'yt-app.sqlite');
    await rm(file);
    const before = openDatabase(file, earlier);
    addFailed(before, 'failed', 'too-long', 'That is longer than the limit of 6 hours.');
    before.close();

    await ytApp.start();
    const read = async (language: string) => {
      const headers = { authorization: `Bearer ${ytApp.token}`, 'accept-language': language };
      const answer = await fetch(`${ytApp.url}/api/jobs`, { headers });
      return JobList.parse(await answer.json()).jobs[0]?.problem;
    };
    const limit = { kind: 'duration', seconds: 21_600 } as const;
    for (const language of ['es', 'ru', 'en'] as const) {
      const { title, sentence } = textsOf(language).problems['too-long'];
      const error = sentence({ limit });
      expect(await read(language)).toMatchObject({ code: 'too-long', facts: { limit }, title, error });
    }
  } finally {
    await ytApp.close();
  }
});
