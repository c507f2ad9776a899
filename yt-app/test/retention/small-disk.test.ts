import { randomBytes } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mountSmallDisk, until, type SmallDisk } from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createStorageGuard } from '../../src/pipeline/limits/storage-guard.ts';
import { ask, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { openBrowser, type Browser } from '../fixtures/browser.ts';
import { eachDatabase } from '../fixtures/each-database.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const LIMIT = 0.8;
const ITEM_BYTES = 1_000_000;
const ROUNDS = 60;

eachDatabase((openDatabase) => {
  let disk: SmallDisk;
  let api: ApiFixture;
  let owner: Browser;
  let anna: Browser;
  let annaId: string;
  beforeEach(async ({ skip }) => {
    const mounted = await mountSmallDisk(32);
    if (!mounted) return skip('a small disk can be mounted by root only');
    disk = mounted;
    api = await startApi({ openDatabase, disk: { folder: disk.folder, storageLimit: LIMIT } });
    [owner, anna] = [openBrowser(api), openBrowser(api)];
    await owner.signIn();
    await anna.signIn({ role: 'member', telegramId: 1001, name: 'Anna' });
    annaId = (await api.access.people.byTelegram(1001))?.id ?? '';
  });
  afterEach(async () => {
    await api.stop();
    await disk.close();
  });

  const folders = async () => (await readdir(api.mediaDir)).filter((name) => name.startsWith('aaaa'));
  const usedRatio = async () => {
    const { disk: use } = await api.retention.picture();
    return 1 - use.freeBytes / use.totalBytes;
  };
  async function add(number: number) {
    const directory = path.join(api.mediaDir, mediaId(number));
    await mkdir(directory);
    await writeFile(path.join(directory, 'audio.mp4'), randomBytes(ITEM_BYTES));
    const facts = { personId: annaId, durationSeconds: 100, bytes: ITEM_BYTES, createdAt: api.nowMs };
    await api.store.save(audioItem(number, facts));
  }
  const watch = (number: number, seconds = 100) =>
    anna.ask('post', '/api/me/positions', { positions: [{ mediaId: mediaId(number), seconds }] });
  const idsOfTrash = async () => {
    const { media } = (await ask(api).get('/api/trash')).body as { media: { id: string }[] };
    return media.map(({ id }) => id);
  };

  test('the trash when space is short: the oldest goes first, only as much as is missing, and nothing that can still be undone', async () => {
    for (let number = 1; number <= 25; number += 1) await add(number); // 25 of 32 MB, the limit is 26.8
    for (const number of [3, 1, 2]) {
      await owner.ask('delete', `/api/media/${mediaId(number)}`);
      api.nowMs += MINUTE_MS;
    }
    await api.retention.sweep.run();
    expect((await api.retention.picture()).level).toBe('ok');
    expect(await idsOfTrash()).toEqual([2, 1, 3].map(mediaId));
    await writeFile(path.join(disk.folder, 'others'), randomBytes(700_000));
    expect((await api.retention.picture()).level).toBe('short');
    await api.retention.sweep.run();
    expect(await idsOfTrash()).toEqual([2, 1, 3].map(mediaId)); // deleted a minute ago
    api.nowMs += 3 * MINUTE_MS;
    await api.retention.sweep.run();
    expect(await idsOfTrash()).toEqual([2, 1].map(mediaId));
  });

  test('a job for which room is missing: the trash makes it, also while space is not short', async () => {
    for (const number of [1, 2, 3]) await add(number);
    await owner.ask('delete', `/api/media/${mediaId(1)}`);
    await owner.ask('delete', `/api/media/${mediaId(2)}`);
    api.nowMs += 10 * MINUTE_MS;
    expect((await api.retention.picture()).level).toBe('ok');
    await api.retention.sweep.run(ITEM_BYTES);
    expect(await idsOfTrash()).toHaveLength(1);
    expect(await api.store.getListed(mediaId(3))).toBeDefined();
  });

  test('a trash of what somebody plays and what was shared: stays, however short the space is', async () => {
    for (let number = 1; number <= 27; number += 1) await add(number);
    await owner.ask('post', `/api/media/${mediaId(1)}/shares`, { lifetimeSeconds: 86_400 });
    for (const number of [1, 2, 3]) await owner.ask('delete', `/api/media/${mediaId(number)}`);
    api.nowMs += 10 * MINUTE_MS;
    api.retention.uses.note(mediaId(2));
    expect((await api.retention.picture()).level).toBe('full');
    await api.retention.sweep.run();
    expect((await idsOfTrash()).toSorted()).toEqual([1, 2].map(mediaId));
  });

  test('a disk at its limit while items are added and watched for two months: stays below the limit, and nothing protected goes', async () => {
    const rule = { watchedDays: 2, unwatchedDays: 10, keepLast: null };
    await owner.ask('patch', '/api/storage/rules', { scope: { kind: 'installation' }, rule });
    const guard = createStorageGuard(api.mediaDir, LIMIT);
    for (const number of [1, 2, 3, 4, 5]) await add(number);
    const [kept, shared, playing, begun, unwatched] = [1, 2, 3, 4, 5].map(mediaId);
    for (const number of [1, 2, 3]) await watch(number);
    await anna.ask('patch', `/api/media/${kept}`, { isKept: true });
    let added = 5;
    let refused = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      api.nowMs += DAY_MS / 4;
      if (round % 20 === 0)
        await ask(api)
          .post(`/api/media/${shared}/shares`)
          .send({ lifetimeSeconds: 10 * 86_400 });
      await watch(3, 100 - (round % 90));
      await watch(4, 50);
      const hasRoom = await guard.check(ITEM_BYTES).then(
        () => true,
        () => false,
      );
      if (hasRoom) {
        added += 1;
        await add(added);
        await watch(added);
      } else refused += 1;
      await api.positions.stop();
      await api.retention.sweep.run();
      expect(await usedRatio()).toBeLessThanOrEqual(LIMIT);
      const listed = await Promise.all(
        [kept, shared, playing, begun, unwatched].map((id) => api.store.getListed(id ?? '')),
      );
      expect(listed.map((item) => item?.id)).toEqual([kept, shared, playing, begun, unwatched]);
    }
    expect(added).toBeGreaterThan(40); // of a disk that has room for 25
    expect(refused).toBeLessThan(ROUNDS / 3);
    expect((await api.retention.questions()).map(({ mediaId: id }) => id)).toContain(unwatched);
    await until(async () => (await folders()).length === (await api.store.ids()).length, 20);
  }, 120_000);
});
