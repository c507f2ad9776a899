import { isProblem, ProfileList } from '@linkcast/contracts';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCookieJars, type CookieJars } from '../../src/cookies/cookie-jars.ts';
import { createCookieStore } from '../../src/cookies/cookie-store.ts';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { startJobs, type JobFixture } from '../fixtures/job-fixture.ts';

const KEY = 'a-key-of-the-cookies-for-tests';
const OWNER = { id: 'owner', isOwner: true };
const ADA = { id: 'ada', isOwner: false };
const BOB = { id: 'bob', isOwner: false };
const LATER = Math.floor(Date.now() / 1000) + 30 * 86_400;
const HOST = 'site.example';

const file = (value: string, domain = '.site.example', expires = LATER): string =>
  `# Netscape HTTP Cookie File\n${domain}\tTRUE\t/\tTRUE\t${expires}\tsession\t${value}\n`;

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let nowMs: number;
  let jars: CookieJars;
  beforeEach(async () => {
    database = await openDatabase();
    nowMs = Date.now();
    jars = createCookieJars({ store: createCookieStore(database), key: KEY, clock: () => nowMs });
  });
  afterEach(() => database.close());

  const textFor = async (personId: string | null, host = HOST) => (await jars.forJob({ host, personId }))?.text;
  const stored = async (): Promise<string> => {
    const { rows } = await sql`SELECT * FROM cookies`.execute(database.tables());
    return JSON.stringify(rows);
  };
  const codeOf = async (call: Promise<unknown>): Promise<unknown> => {
    const error = await call.catch((reason: unknown) => reason);
    return isProblem(error) ? (error.facts.cookies ?? error.code) : error;
  };

  test('cookies of the installation: are used for the jobs of everybody, at the host and below it only', async () => {
    expect(await jars.put({ text: file('one'), use: 'everyone' }, OWNER)).toMatchObject({
      site: HOST,
      use: 'everyone',
      count: 1,
      state: 'valid',
    });
    expect(await textFor('ada')).toContain('one');
    expect(await textFor(null, 'www.site.example')).toContain('one');
    expect(await textFor('ada', 'notsite.example')).toBeUndefined();
    expect(await textFor('ada', 'site.example.evil.example')).toBeUndefined();
  });

  test('cookies of a member: are used for their own jobs, before those of the installation', async () => {
    await jars.put({ text: file('all'), use: 'everyone' }, OWNER);
    await jars.put({ text: file('adas'), use: 'mine' }, ADA);
    expect(await textFor('ada')).toContain('adas');
    expect(await textFor('bob')).toContain('all');
    expect(await textFor('owner')).toContain('all');
  });

  test('a member: neither gives cookies for everybody, nor sees or deletes those of others', async () => {
    expect(await codeOf(jars.put({ text: file('x'), use: 'everyone' }, ADA))).toBe('forbidden');
    const adas = await jars.put({ text: file('adas'), use: 'mine' }, ADA);
    const all = await jars.put({ text: file('all'), use: 'everyone' }, OWNER);
    expect(await jars.list(BOB)).toEqual([]);
    expect((await jars.list(OWNER)).map(({ id }) => id)).toEqual([all.id]);
    expect(await codeOf(jars.remove(adas.id, BOB))).toBe('not-found');
    expect(await codeOf(jars.remove(adas.id, OWNER))).toBe('not-found');
    expect(await codeOf(jars.remove(all.id, ADA))).toBe('not-found');
    await jars.remove(adas.id, ADA);
    expect(await jars.list(ADA)).toEqual([]);
  });

  test('stored cookies: are encrypted, and open with the same key for the same row only', async () => {
    const { id } = await jars.put({ text: file('s3cret'), use: 'mine' }, ADA);
    await jars.put({ text: file('other', '.else.example'), use: 'mine' }, BOB);
    expect(await stored()).not.toMatch(/s3cret|session/);
    const other = createCookieJars({ store: createCookieStore(database), key: `another-${KEY}` });
    expect(await other.forJob({ host: HOST, personId: 'ada' })).toBeUndefined();
    await sql`UPDATE cookies SET sealed = (SELECT sealed FROM cookies WHERE id = ${id})`.execute(database.tables());
    expect(await textFor('bob', 'else.example')).toBeUndefined();
    expect(await textFor('ada')).toContain('s3cret');
  });

  test('new cookies of the same site and person: replace the earlier ones', async () => {
    await jars.put({ text: file('one'), use: 'mine' }, ADA);
    await jars.put({ text: file('two'), use: 'mine', site: 'https://www.site.example/login' }, ADA);
    expect(await jars.list(ADA)).toHaveLength(1);
    expect(await textFor('ada')).toContain('two');
  });

  test.each([
    ['of another site', { text: file('x'), site: 'other.example' }, 'other-site'],
    ['of a site that is none', { text: file('x'), site: 'not a site' }, 'other-site'],
    ['that are no cookies', { text: 'hello' }, 'unreadable'],
    ['that have expired', { text: file('x', '.site.example', 1000) }, 'expired'],
  ] as const)('cookies %s: are refused, and nothing is stored', async (_name, upload, fault) => {
    expect(await codeOf(jars.put({ ...upload, use: 'mine' }, ADA))).toBe(fault);
    expect(await stored()).toBe('[]');
  });

  test('cookies that expire: say so a week before, and are not used afterwards', async () => {
    await jars.put({ text: file('one'), use: 'mine' }, ADA);
    nowMs += 24 * 86_400_000;
    expect(await jars.list(ADA)).toMatchObject([{ state: 'expiring' }]);
    nowMs += 7 * 86_400_000;
    expect(await jars.list(ADA)).toMatchObject([{ state: 'expired' }]);
    expect(await textFor('ada')).toBeUndefined();
  });

  test('what a downloader has changed: is taken back for the same site, unless somebody has given newer ones', async () => {
    const job = { host: HOST, personId: 'ada' };
    await jars.put({ text: file('one'), use: 'mine' }, ADA);
    const { jar, version } = (await jars.forJob(job)) ?? { jar: '', version: 0 };
    for (const text of ['', 'hello', file('evil', '.other.example'), file('x', '.site.example', 1000)])
      await jars.takeBack(job, { jar, text, version });
    expect(await textFor('ada')).toContain('one');
    await jars.takeBack(job, { jar, text: `${file('two')}${file('evil', '.other.example')}`, version });
    expect(await textFor('ada')).toContain('two');
    expect(await textFor('ada')).not.toContain('evil');
    await jars.takeBack(job, { jar, text: file('late'), version });
    expect(await textFor('ada')).toContain('two');
  });

  test('what a downloader has made of the cookies of everybody: never replaces those that the person has given meanwhile', async () => {
    const job = { host: HOST, personId: 'ada' };
    await jars.put({ text: file('all'), use: 'everyone' }, OWNER);
    const { jar, version } = (await jars.forJob(job)) ?? { jar: '', version: 0 };
    await jars.put({ text: file('adas'), use: 'mine' }, ADA);
    await jars.takeBack(job, { jar, text: file('all-changed'), version });
    expect(await textFor('ada')).toContain('adas');
    expect(await textFor('bob')).not.toContain('changed');
  });

  test('a person who is removed: their cookies are deleted', async () => {
    await jars.put({ text: file('adas'), use: 'mine' }, ADA);
    await jars.put({ text: file('bobs'), use: 'mine' }, BOB);
    await jars.removeOf('ada');
    expect(await textFor('ada')).toBeUndefined();
    expect(await textFor('bob')).toContain('bobs');
  });
});

const { profiles } = ProfileList.parse({
  profiles: [{ hosts: [HOST, 'other.example'], ways: [{ name: 'direct' }, { name: 'account', cookies: true }] }],
});

eachDatabase((openDatabase) => {
  let fixture: JobFixture;
  beforeEach(async () => {
    fixture = await startJobs(await openDatabase(), { profiles });
  });
  afterEach(() => fixture.stop());

  const claimOf = async (url: string, personId: string) => {
    await fixture.jobs.submit({ url, type: 'video' }, { caller: `person:${personId}`, personId });
    return fixture.claim();
  };

  test('a worker: gets the cookies of the job and no others, and only where a way uses them', async () => {
    await fixture.cookies.put({ text: file('adas'), use: 'mine' }, ADA);
    const adas = await claimOf('https://site.example/1', 'ada');
    expect(adas.ways.map(({ name }) => name)).toEqual(['direct', 'account']);
    expect(adas.cookies?.text).toContain('adas');
    for (const [url, person] of [
      ['https://site.example/2', 'bob'],
      ['https://other.example/1', 'ada'],
    ] as const) {
      const work = await claimOf(url, person);
      expect(work.ways.map(({ name }) => name)).toEqual(['direct']);
      expect(work.cookies).toBeUndefined();
    }
  });

  test('cookies that a worker reports: change those of its job', async () => {
    await fixture.cookies.put({ text: file('one'), use: 'mine' }, ADA);
    const work = await claimOf('https://site.example/1', 'ada');
    const { jar, version } = work.cookies ?? { jar: '', version: 0 };
    await fixture.report(work, { type: 'cookies', cookies: { jar, text: file('two'), version } });
    expect((await fixture.cookies.forJob({ host: HOST, personId: 'ada' }))?.text).toContain('two');
  });
});
