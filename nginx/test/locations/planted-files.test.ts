import { execFileSync } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  GROWING_ID,
  GROWING_SHARE,
  ITEM_SHARE,
  MEDIA_ID,
  startEdge,
  type EdgeFixture,
} from '../fixtures/edge-fixture.ts';

const SECRET = 'secret of the host';
const LINKED_ID = 'abcdefghijklmnopqr25';
const LINKED_SHARE = 'linked-share_xxxxxxxxx';

let edge: EdgeFixture;
beforeAll(async () => {
  edge = await startEdge();
  await plantFiles(edge.options.mediaDirectory);
  edge.ytApp.shares.set(LINKED_SHARE, LINKED_ID);
});
afterAll(() => edge.stop());

/** Creates the files that a compromised worker could leave. */
async function plantFiles(media: string): Promise<void> {
  const secret = path.join(media, '../host-secret');
  await writeFile(secret, SECRET);
  for (const name of ['video.mp4', 'song.mp3', 'list.m3u8', 'text.vtt', 'picture.jpg']) {
    await symlink(secret, path.join(media, MEDIA_ID, name));
  }
  await symlink('media.json', path.join(media, MEDIA_ID, 'own.m3u8'));
  await symlink(path.join(media, MEDIA_ID), path.join(media, LINKED_ID));
  await symlink(path.join(media, MEDIA_ID, 'media.json'), path.join(media, GROWING_ID, 'media.json'));
  execFileSync('mkfifo', [path.join(media, MEDIA_ID, 'pipe.mp4')]);
}

const links = ['video.mp4', 'song.mp3', 'list.m3u8', 'text.vtt', 'picture.jpg', 'own.m3u8'];

describe('a symbolic link in the media directory', () => {
  test.each([...links.map((name) => `/media/${MEDIA_ID}/${name}`), ...links.map((name) => `/s/${ITEM_SHARE}/${name}`)])(
    '%s: is not followed',
    async (target) => {
      const { status, body } = await edge.request(target);
      expect([403, 404]).toContain(status);
      expect(body).not.toContain('secret');
    },
  );

  test.each([`/media/${LINKED_ID}`, `/s/${LINKED_SHARE}`])('%s instead of an item: is not followed', async (item) => {
    for (const name of ['v1080.mp4', 'index.m3u8', 'poster.jpg']) {
      expect([403, 404]).toContain((await edge.request(`${item}/${name}`)).status);
    }
  });

  test.each([`/media/${GROWING_ID}/v1080.mp4`, `/s/${GROWING_SHARE}/v1080.mp4`])(
    'instead of media.json: does not make %s ready',
    async (target) => {
      const { status, headers } = await edge.request(target);
      expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    },
  );
});

test.each([`/media/${MEDIA_ID}/pipe.mp4`, `/s/${ITEM_SHARE}/pipe.mp4`])(
  'a pipe in the media directory, %s: is not opened',
  async (target) => {
    expect([403, 404]).toContain((await edge.request(target)).status);
  },
);
