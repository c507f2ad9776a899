import { isProblem, type DeliveryWork, type WorkReport } from '@linkcast/contracts';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppDatabase } from '../../src/database/app-database.ts';
import { createDeliverySource } from '../../src/notices/sources/delivery-source.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { startJobs, type JobFixture } from '../fixtures/job-fixture.ts';
import { targetSettings } from './target-settings.ts';

const FILE = { path: 'films/a.mp4', bytes: 10, proof: 'checksum' } as const;
const SECRET = 's3cret of the server';
const UNREACHABLE: WorkReport = { type: 'failed', problem: { code: 'delivery-unreachable' } };
const HOUR_MS = 3_600_000;

eachDatabase((openDatabase) => {
  let database: AppDatabase;
  let fixture: JobFixture;
  let nowMs: number;
  const tickets: unknown[] = [];
  const start = () =>
    startJobs(database, {
      clock: () => nowMs,
      issueFor: (only) => {
        tickets.push(only);
        return 'http://proxy.test/';
      },
    });
  beforeEach(async () => {
    nowMs = Date.now();
    tickets.length = 0;
    database = await openDatabase();
    fixture = await start();
  });
  afterEach(() => fixture.stop());

  const deliveries = () => fixture.deliveries;
  const add = (changes: Parameters<typeof targetSettings>[0] = {}) =>
    deliveries().targets.add({ ...targetSettings(changes), secret: SECRET }, 'owner');
  /** Makes an item by a job. */
  const makeItem = async (url = 'https://media.example/1'): Promise<string> => {
    await fixture.jobs.submit({ url, type: 'video' }, { caller: 'person:x' });
    const job = await fixture.claim();
    await fixture.resolve(job);
    await fixture.report(job, { type: 'entered', state: 'downloading' }).catch(() => undefined);
    await fixture.finish(job);
    return job.mediaId;
  };
  const claim = async (instance = 'i'): Promise<DeliveryWork | undefined> => {
    const limit = AbortSignal.timeout(300);
    const wanted = { worker: 'w', instance, kind: 'delivery', downloader: null } as const;
    const { work } = await fixture.work.service.claim(wanted, limit);
    return work?.kind === 'delivery' ? work : undefined;
  };
  const need = async (): Promise<DeliveryWork> => {
    const work = await claim();
    if (!work) throw new Error('no delivery is due');
    return work;
  };
  const report = ({ id, fence }: DeliveryWork, given: WorkReport) =>
    fixture.work.service.report(id, { fence, report: given });
  const only = async () => (await deliveries().list())[0];
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => undefined,
      (error: unknown) => (isProblem(error) ? error.code : error),
    );

  test('an item that becomes ready: is delivered to the target whose rule takes it, with a ticket for that server only', async () => {
    await add();
    await add({ name: 'other', rule: { items: 'person', personId: 'bob' } });
    const mediaId = await makeItem();
    const work = await need();
    expect(work.item).toMatchObject({ mediaId, video: 'video', audio: null });
    expect(work.target).toMatchObject({ host: 'nas.lan', port: 22, secret: SECRET });
    expect(tickets).toEqual([{ host: 'nas.lan', port: 22, isPassive: false }]);
    expect(await only()).toMatchObject({ state: 'running', targetName: 'The NAS', mediaId });
    await report(work, { type: 'delivered', file: FILE });
    expect(await only()).toMatchObject({ state: 'delivered', ...FILE, problem: null });
    expect((await deliveries().list()).length).toBe(1);
    expect(await fixture.items.getListed(mediaId)).toBeDefined();
  });

  test('a server that is away: is tried again with growing pauses, and the delivery fails for good after days', async () => {
    const { id } = await add();
    await makeItem();
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      await report(await need(), UNREACHABLE);
      expect(await only()).toMatchObject({
        state: 'queued',
        attempts: attempt,
        problem: { code: 'delivery-unreachable' },
      });
      expect(await claim()).toBeUndefined();
      nowMs += 30 * HOUR_MS;
    }
    const source = createDeliverySource(deliveries());
    expect(await source.observe(new Map())).toEqual([]);
    await report(await need(), UNREACHABLE);
    expect(await only()).toMatchObject({ state: 'failed', nextAttemptAt: null });
    expect(await source.observe(new Map())).toMatchObject([
      { code: `deliveries-failed-${id}`, message: { facts: { count: 1 } } },
    ]);
    await deliveries().retry((await only())?.id ?? '');
    expect((await need()).fence).toBe(11);
    expect(await source.observe(new Map())).toEqual([]);
  }, 30_000);

  test.each(['delivery-host-key', 'delivery-login'] as const)('%s: fails at once', async (code) => {
    await add();
    await makeItem();
    await report(await need(), { type: 'failed', problem: { code } });
    expect(await only()).toMatchObject({ state: 'failed', problem: { code } });
  });

  test('a paused target: gets nothing until it goes on; a target gets one item at a time', async () => {
    const { id } = await add();
    await deliveries().targets.change(id, { isPaused: true });
    await makeItem('https://media.example/1');
    await makeItem('https://media.example/2');
    expect(await claim()).toBeUndefined();
    await deliveries().targets.change(id, { isPaused: false });
    const first = await need();
    expect(await claim()).toBeUndefined();
    await report(first, { type: 'delivered', file: FILE });
    expect((await need()).item?.mediaId).not.toBe(first.item?.mediaId);
  });

  test('a restart of the API, and one of the worker: the delivery is given out again, and the old claim is refused', async () => {
    await add();
    await makeItem();
    const first = await need();
    await fixture.work.deliveries.dispatcher.recover();
    const second = await need();
    expect(second.fence).toBe(first.fence + 1);
    expect(await codeOf(report(first, { type: 'delivered', file: FILE }))).toBe('lease-lost');
    await claim('another instance'); // the worker was started anew: what it had is queued again, with a short pause
    expect(await codeOf(report(second, { type: 'delivered', file: FILE }))).toBe('lease-lost');
    nowMs += 10_000;
    expect((await need()).fence).toBe(3);
  });

  test('a delivery that is cancelled: its worker is stopped, and its report changes nothing', async () => {
    await add();
    await makeItem();
    const work = await need();
    await deliveries().cancel(work.id);
    const answer = await fixture.work.service.renew(work.id, work.fence, new AbortController().signal);
    expect(answer.isWanted).toBe(false);
    await report(work, { type: 'delivered', file: FILE });
    expect(await only()).toMatchObject({ state: 'cancelled', path: null });
    expect(await codeOf(deliveries().cancel(work.id))).toBe('conflict');
  });

  test("a target that removes: takes the maker's own item when it was read back, and nothing else", async () => {
    await add({ removeAfter: true, rule: { items: 'requested' } });
    const [target] = await deliveries().targets.list();
    const deliver = async (personId: string | null, proof: 'checksum' | 'size', number: number): Promise<boolean> => {
      const mediaId = await makeItem(`https://media.example/${number}`);
      await sql`UPDATE media SET person_id = ${personId} WHERE id = ${mediaId}`.execute(database.tables());
      await deliveries().request(mediaId, target?.id ?? '');
      await report(await need(), { type: 'delivered', file: { ...FILE, proof } });
      return (await fixture.items.getListed(mediaId)) === undefined;
    };
    expect(await deliver('owner', 'checksum', 1)).toBe(true);
    expect(await deliver('owner', 'size', 2)).toBe(false);
    expect(await deliver('ada', 'checksum', 3)).toBe(false);
    expect(await deliver(null, 'checksum', 4)).toBe(false);
  });

  test('a claim that fails in the middle: is given out again', async () => {
    await add();
    await makeItem();
    await sql`ALTER TABLE delivery_targets RENAME COLUMN sealed TO away`.execute(database.tables());
    await expect(claim()).rejects.toThrow();
    await sql`ALTER TABLE delivery_targets RENAME COLUMN away TO sealed`.execute(database.tables());
    expect(await only()).toMatchObject({ state: 'running' });
    expect(await claim('restarted')).toBeUndefined(); // the lease of the instance before ends with it
    nowMs += HOUR_MS;
    expect(await claim('restarted')).toMatchObject({ kind: 'delivery', fence: 2 });
  });

  test('an item that was deleted meanwhile: is not delivered; one that is asked for again is', async () => {
    await add();
    const mediaId = await makeItem();
    await fixture.library.trash.add(mediaId);
    expect(await claim()).toBeUndefined();
    expect(await only()).toMatchObject({ state: 'failed', problem: { code: 'not-found' } });
    const [target] = await deliveries().targets.list();
    expect(await codeOf(deliveries().request(mediaId, target?.id ?? ''))).toBe('not-found');
    await fixture.library.trash.restore(mediaId);
    await deliveries().request(mediaId, target?.id ?? '');
    expect((await need()).item?.mediaId).toBe(mediaId);
    expect((await deliveries().list()).length).toBe(1);
  });

  test('the secret: is not in the database, not in the API, and for no other server', async () => {
    const { id } = await add();
    const { rows } = await sql`SELECT * FROM delivery_targets`.execute(database.tables());
    expect(JSON.stringify([rows, await deliveries().targets.list()])).not.toContain(SECRET);
    const record = await deliveries().targets.need(id);
    const elsewhere = { ...record, settings: { ...record.settings, host: 'evil.example' } };
    expect(deliveries().targets.forWork(elsewhere)).toBeUndefined();
  });

  test('SFTP without a confirmed key, and a 21st target: are refused', async () => {
    expect(await codeOf(add({ pin: null }))).toBe('delivery-unconfirmed');
    for (let count = 0; count < 20; count += 1) await add({ name: `target ${count}` });
    expect(await codeOf(add())).toBe('too-many-targets');
  });

  test('a trial of a target: is answered by a worker', async () => {
    const target = deliveries().targets.forWork(await deliveries().targets.need((await add()).id));
    if (!target) throw new Error('no target');
    const answer = fixture.work.deliveries.tryTarget(target, new AbortController().signal);
    const work = await need();
    expect(work.item).toBeNull();
    await report(work, { type: 'tried', pin: target.pin, problem: { code: 'delivery-login' } });
    expect(await answer).toMatchObject({ pin: target.pin, problem: { code: 'delivery-login' } });
    expect(await codeOf(report(work, { type: 'tried', pin: null, problem: null }))).toBe('lease-lost');
  });

  test('a target that is deleted: its deliveries end with it', async () => {
    const { id } = await add();
    await makeItem();
    const work = await need();
    await deliveries().targets.remove(id);
    await report(work, { type: 'delivered', file: FILE });
    expect(await deliveries().list()).toEqual([]);
  });
});
