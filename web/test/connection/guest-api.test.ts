import { expect, test } from 'vitest';
import { withSharedLinks } from '../../src/connection/guest-api.ts';
import { aMedia, mediaId } from '../support/canned.ts';

test('a shared item: has its files below the share, and no poster of another item', () => {
  const id = mediaId('film');
  const item = aMedia({ id, type: 'audio', poster: `/media/${id}/poster.jpg` });
  expect(withSharedLinks(item, 't')).toMatchObject({
    poster: '/s/t/poster.jpg',
    links: { page: '/s/t/', hls: '/s/t/index.m3u8', file: '/s/t/audio.mp3' },
  });
  expect(withSharedLinks({ ...item, poster: '/media/another/poster.jpg' }, 't').poster).toBeNull();
});
