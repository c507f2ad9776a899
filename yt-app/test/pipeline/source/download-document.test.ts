import { describe, expect, test } from 'vitest';
import { parseSourceInfo } from '../../../src/pipeline/source/source-info.ts';
import { DOCUMENT_FORMAT_ID, writeDownloadDocument } from '../../../src/pipeline/source/download-document.ts';

const web = 'https://media.example/v.mp4';
const format = {
  format_id: 'mergeall',
  url: web,
  protocol: 'https',
  ext: 'mp4',
  vcodec: 'avc1.64001f',
  acodec: 'none',
};

function onlyFormat(offer: object): Record<string, unknown> | undefined {
  const text = writeDownloadDocument({ ...format, ...offer });
  if (text === undefined) return undefined;
  const { formats } = JSON.parse(text) as { formats: Record<string, unknown>[] }; // our own document
  expect(formats).toHaveLength(1);
  return formats[0];
}

describe('the document of a format', () => {
  test('with unlisted fields: has our id, the headers and cookies, and none of those fields', () => {
    const cookies = 'session=abc; Domain=media.example; Path=/; Secure';
    const offered = {
      http_headers: { Referer: 'https://site.example/' },
      cookies,
      manifest_url: 'ftp://127.0.0.1/',
      section_start: 3,
    };
    expect(onlyFormat(offered)).toEqual({
      format_id: DOCUMENT_FORMAT_ID,
      url: web,
      protocol: 'https',
      ext: 'mp4',
      vcodec: 'avc1.64001f',
      acodec: 'none',
      http_headers: { Referer: 'https://site.example/' },
      cookies,
    });
  });

  test('with the URL of the page: has no field from which yt-dlp could resolve the source again', () => {
    const text = writeDownloadDocument({ ...format, webpage_url: web, original_url: web, _type: 'url' }) ?? '';
    expect(Object.keys(JSON.parse(text) as object).sort()).toEqual([
      'extractor',
      'extractor_key',
      'formats',
      'id',
      'title',
    ]);
  });

  test.each([
    'Ytdl-Request-Proxy',
    'ytdl-request-proxy',
    'Youtubedl-No-Compression',
    'Proxy-Authorization',
    'bad name',
    '',
  ])('with the header %j: omits the header', (name) =>
    expect(onlyFormat({ http_headers: { [name]: 'http://127.0.0.1:1' } })?.['http_headers']).toEqual({}),
  );

  test('with a line break in a header value: omits the header', () => {
    expect(onlyFormat({ http_headers: { Referer: 'a\r\nYtdl-Request-Proxy: b' } })?.['http_headers']).toEqual({});
  });

  test.each([
    ['m3u8', 'm3u8_native'],
    ['m3u8_native', 'm3u8_native'],
    ['http_dash_segments', 'http_dash_segments'],
  ])('of the protocol %s: is downloaded by %s', (protocol, expected) => {
    expect(onlyFormat({ protocol })?.['protocol']).toBe(expected);
  });

  const others = [
    'rtmp',
    'rtmpe',
    'rtmp_ffmpeg',
    'f4m',
    'ism',
    'mhtml',
    'websocket_frag',
    'youtube_live_chat',
    'm3u8+m3u8',
    'ftp',
    'constructor',
    '',
  ];
  test.each(others)('of the protocol %j: is not written', (protocol) => {
    expect(onlyFormat({ protocol })).toBeUndefined();
  });

  const bad = [
    'ftp://a.example/',
    'file:///etc/passwd',
    'tcp://127.0.0.1:1',
    '//a.example/',
    'http:a.example',
    ' http://a.example/',
    'http://a.example/\nX',
    'javascript:1',
    'HTTP',
    '',
  ];
  test.each(bad)('with the URL %j in any field: is not written', (url) => {
    expect(onlyFormat({ url })).toBeUndefined();
    expect(onlyFormat({ fragments: [{ url }] })).toBeUndefined();
    expect(onlyFormat({ fragments: [{ path: 'a' }], fragment_base_url: url })).toBeUndefined();
    expect(onlyFormat({ hls_aes: { uri: url } })).toBeUndefined();
  });

  test.each(['ftp://127.0.0.1/a', 'file:///etc/passwd', 'tcp:127.0.0.1'])(
    'with a fragment of the path %s: is not written',
    (path) => {
      expect(onlyFormat({ fragments: [{ path }], fragment_base_url: 'https://media.example/' })).toBeUndefined();
    },
  );

  test('with fragments by URL and by path: keeps them', () => {
    const fragments = [{ url: 'https://media.example/init.mp4' }, { path: 'seg1.m4s', duration: 2 }];
    expect(onlyFormat({ fragments, fragment_base_url: 'https://media.example/' })).toMatchObject({ fragments });
  });
});

test('formats with equal ids, or named after selectors: get new ids', () => {
  const text = JSON.stringify({ id: 'a', formats: [format, { ...format, url: 'ftp://a.example/' }, format] });
  const { info, documents } = parseSourceInfo(text);
  expect(info.formats.map(({ format_id }) => format_id)).toEqual(['format0', 'format2']);
  expect([...documents.keys()]).toEqual(['format0', 'format2']);
});
