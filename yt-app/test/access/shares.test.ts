import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createApiClient, NewShare, SHARE_TOKEN } from '@linkcast/contracts';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { API_TOKEN, ask, SHARE_LIFETIME_SECONDS, startApi, type ApiFixture } from '../fixtures/api-fixture.ts';
import { countRows } from '../fixtures/count-rows.ts';
import { expectProblem } from '../fixtures/expect-problem.ts';
import { audioItem, mediaId } from '../fixtures/library-items.ts';
import { eachDatabase } from '../fixtures/each-database.ts';

eachDatabase((openDatabase) => {
  const ITEM = mediaId(1);

  let api: ApiFixture;
  beforeEach(async () => {
    api = await startApi({ openDatabase });
    for (const number of [1, 2]) {
      await api.store.save(audioItem(number, number === 2 ? { type: 'video', hasFile: false } : { renditions: [] }));
      await mkdir(path.join(api.mediaDir, mediaId(number)));
    }
  });
  afterEach(() => api.stop());

  const client = () => createApiClient({ baseUrl: api.url, token: API_TOKEN });
  const tokenOf = (share: NewShare) => share.links.page.split('/')[2] ?? '';
  const guest = (token: string) => createApiClient({ baseUrl: api.url, shareToken: token });

  describe('a share of an item', () => {
    test('newly made: has its links, and shows a guest the item without its source', async () => {
      const answer = await ask(api).post(`/api/media/${ITEM}/shares`);
      expect(answer.status).toBe(201);
      const share = NewShare.parse(answer.body);
      const token = tokenOf(share);
      expect(token).toMatch(SHARE_TOKEN);
      expect(share).toMatchObject({
        mediaId: ITEM,
        expiresAt: new Date(api.nowMs + SHARE_LIFETIME_SECONDS * 1000).toISOString(),
        links: { page: `/s/${token}/`, hls: null, file: `/s/${token}/audio.mp3` },
      });
      expect(await guest(token).getMedia(ITEM)).toEqual({
        ...(await client().getMedia(ITEM)),
        sourceUrl: null,
        jobId: null,
      });
      expect(await guest(token).getCaller()).toMatchObject({
        role: 'guest',
        rights: ['watch'],
        mediaId: ITEM,
        expiresAt: share.expiresAt,
      });
    });

    test('of a video: has the link of its playlist', async () => {
      const share = await client().shareMedia(mediaId(2), { lifetimeSeconds: 60 });
      expect(share.links).toMatchObject({ hls: `/s/${tokenOf(share)}/index.m3u8`, file: null });
      expect(Date.parse(share.expiresAt)).toBe(api.nowMs + 60_000);
    });

    test('in the list of its item: has no token, stands before older shares, and disappears when it expires', async () => {
      const first = await client().shareMedia(ITEM, { lifetimeSeconds: 60 });
      const second = await client().shareMedia(ITEM, { lifetimeSeconds: 120 });
      const { shares } = await client().listShares(ITEM);
      expect(shares.map(({ id }) => id)).toEqual([second.id, first.id]);
      expect(JSON.stringify(shares)).not.toContain(tokenOf(first));
      api.nowMs += 60_000;
      expect((await client().listShares(ITEM)).shares.map(({ id }) => id)).toEqual([second.id]);
      expect((await client().listShares(mediaId(2))).shares).toEqual([]);
      await expect(guest(tokenOf(first)).getMedia(ITEM)).rejects.toMatchObject({ code: 'unauthorized' });
    });

    test('revoked: ends at once, and cannot be revoked again', async () => {
      const share = await client().shareMedia(ITEM);
      await client().revokeShare(share.id);
      await expect(guest(tokenOf(share)).getMedia(ITEM)).rejects.toMatchObject({ code: 'unauthorized' });
      expect(await guest(tokenOf(share)).getCaller()).toMatchObject({ role: 'nobody' });
      await expect(client().revokeShare(share.id)).rejects.toMatchObject({ code: 'not-found' });
    });

    test('with its item in the trash: opens nothing; with its item deleted for good: is deleted', async () => {
      const share = await client().shareMedia(ITEM);
      await client().deleteMedia(ITEM);
      await expect(guest(tokenOf(share)).getMedia(ITEM)).rejects.toMatchObject({ code: 'not-found' });
      await client().purgeMedia(ITEM);
      await expect(guest(tokenOf(share)).getCaller()).resolves.toMatchObject({ role: 'nobody' });
      expect(await countRows(api.database, 'shares')).toBe(0);
    });

    test('with its item saved again: stays valid', async () => {
      const share = await client().shareMedia(ITEM);
      await api.store.save(audioItem(1, { title: 'changed' }));
      expect(await guest(tokenOf(share)).getMedia(ITEM)).toMatchObject({ title: 'changed' });
    });

    test('the hundred-and-first of an item: ends the oldest', async () => {
      const other = await client().shareMedia(mediaId(2));
      const first = await client().shareMedia(ITEM);
      const created = await Promise.all(
        Array.from({ length: 100 }, () => api.access.shares.create({ mediaId: ITEM, personId: null }, 60)),
      );
      const found = (tokens: string[]) => Promise.all(tokens.map((token) => api.access.shares.find(token)));
      expect((await found([first, other].map(tokenOf))).map((share) => share?.id)).toEqual([undefined, other.id]);
      const ids = (await found(created.map(({ token }) => token))).map((share) => share?.id);
      expect(ids).toEqual(created.map(({ share }) => share.id));
    });

    test.each([0, 59, 31_536_001, 1.5, '60', null])('with a lifetime of %j: is refused', async (lifetimeSeconds) => {
      expectProblem(await ask(api).post(`/api/media/${ITEM}/shares`).send({ lifetimeSeconds }), 'invalid-request');
    });

    test.each(['get', 'post'] as const)('%s of an unknown item: answers not-found', async (method) => {
      expectProblem(await ask(api)[method](`/api/media/${mediaId(9)}/shares`), 'not-found');
    });
  });

  describe('a share of the station', () => {
    test('newly made: has the link of the stream, and is listed apart from shares of items', async () => {
      await client().shareMedia(ITEM);
      const share = await client().shareStation();
      const token = tokenOf(share);
      expect(share).toMatchObject({
        mediaId: null,
        links: { page: `/s/${token}/`, hls: null, file: `/s/${token}/play` },
      });
      expect((await client().listStationShares()).shares).toMatchObject([{ id: share.id }]);
      expect(await guest(token).getCaller()).toMatchObject({ role: 'guest', mediaId: null });
    });
  });

  test('a share token that is altered, cut, foreign or malformed: is refused', async () => {
    const token = tokenOf(await client().shareMedia(ITEM));
    const flipped = token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`;
    const odd = [
      flipped,
      token.slice(1),
      `${token}A`,
      randomBytes(16).toString('base64url'),
      '%2e%2e',
      '\u00e9'.repeat(22),
    ];
    for (const bad of [...odd, API_TOKEN, '..', encodeURIComponent(`${token}\u0000`), `${token} x`]) {
      const answer = await request(api.server).get(`/api/media/${ITEM}`).set('authorization', `Share ${bad}`);
      expectProblem(answer, 'unauthorized');
    }
    for (const scheme of ['share', 'SHARE']) {
      const answer = await request(api.server).get(`/api/media/${ITEM}`).set('authorization', `${scheme} ${token}`);
      expect(answer.status).toBe(200);
    }
    expectProblem(
      await request(api.server).get(`/api/media/${ITEM}`).set('authorization', `Bearer ${token}`),
      'unauthorized',
    );
  });
});
