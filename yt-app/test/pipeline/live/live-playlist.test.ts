import { describe, expect, test } from 'vitest';
import { parseLivePlaylist } from '../../../src/pipeline/live/live-playlist.ts';

const BASE = 'https://media.example/live/index.m3u8?token=1';
const HEAD = '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:70\n';

test('segments: have numbers, absolute addresses and lengths', () => {
  const playlist = parseLivePlaylist(`${HEAD}#EXTINF:4.000,\na.ts\n#EXTINF:3.5,\n/b.ts?x=1\n`, BASE);
  expect(playlist).toEqual({
    targetSeconds: 4,
    isEnded: false,
    segments: [
      { sequence: 70, url: 'https://media.example/live/a.ts', seconds: 4, key: null, map: null },
      { sequence: 71, url: 'https://media.example/b.ts?x=1', seconds: 3.5, key: null, map: null },
    ],
  });
});

test('the end of the source: is seen', () => {
  expect(parseLivePlaylist(`${HEAD}#EXTINF:4,\na.ts\n#EXT-X-ENDLIST\n`, BASE)?.isEnded).toBe(true);
});

test('keys and initialisation sections: belong to the segments after them', () => {
  const text = `${HEAD}#EXT-X-MAP:URI="init.mp4"\n#EXT-X-KEY:METHOD=AES-128,URI="key",IV=0x0a\n#EXTINF:4,\na.m4s\n#EXT-X-KEY:METHOD=NONE\n#EXTINF:4,\nb.m4s\n`;
  const map = 'https://media.example/live/init.mp4';
  expect(parseLivePlaylist(text, BASE)?.segments).toMatchObject([
    { map, key: { url: 'https://media.example/live/key', iv: '0000000000000000000000000000000a' } },
    { map, key: null },
  ]);
});

describe('what cannot be relayed', () => {
  test.each([
    ['a web page', '<!doctype html>'],
    ['a master playlist', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n'],
    ['no target duration', '#EXTM3U\n#EXTINF:4,\na.ts\n'],
    ['a file of this machine', `${HEAD}#EXTINF:4,\nfile:///etc/passwd\n`],
    ['a part of a file', `${HEAD}#EXTINF:4,\n#EXT-X-BYTERANGE:10@0\na.ts\n`],
    ['encryption of another kind', `${HEAD}#EXT-X-KEY:METHOD=SAMPLE-AES,URI="key"\n#EXTINF:4,\na.ts\n`],
    ['keys of a DRM system', `${HEAD}#EXT-X-KEY:METHOD=AES-128,URI="key",KEYFORMAT="com.example"\n#EXTINF:4,\na.ts\n`],
    ['a key in a file', `${HEAD}#EXT-X-KEY:METHOD=AES-128,URI="file:///key"\n#EXTINF:4,\na.ts\n`],
    ['more segments than a day has', HEAD + '#EXTINF:1,\na.ts\n'.repeat(50_001)],
  ])('%s: is not read', (_name, text) => {
    expect(parseLivePlaylist(text, BASE)).toBeUndefined();
  });
});
