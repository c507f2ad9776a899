import { createReadStream, statSync } from 'node:fs';
import path from 'node:path';

/** An answer of an origin before it is sent. A behaviour may change it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: AsyncIterable<Buffer> | Iterable<Buffer>;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.m4a': 'audio/mp4',
  '.m4s': 'video/iso.segment',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.mpd': 'application/dash+xml',
  '.ts': 'video/mp2t',
  '.webm': 'video/webm',
};

export function textAnswer(body: string, contentType: string, status = 200): Answer {
  const bytes = Buffer.from(body);
  return { status, headers: { 'content-type': contentType, 'content-length': bytes.length }, body: [bytes] };
}

/** The file at `pathname` below `root`, whole or one range of it; 404 when there is none. */
export function fileAnswer(root: string, pathname: string, range: string | undefined): Answer {
  const file = path.join(root, path.normalize(pathname));
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile()) return textAnswer('not found', 'text/plain', 404);

  const type = { 'content-type': CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream' };
  const asked = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  const start = Number(asked?.[1] ?? 0);
  const end = Math.min(asked?.[2] ? Number(asked[2]) : Infinity, stats.size - 1);
  if (asked && start > end)
    return {
      status: 416,
      headers: { ...type, 'content-range': `bytes */${stats.size}`, 'content-length': 0 },
      body: [],
    };
  return {
    status: asked ? 206 : 200,
    headers: {
      ...type,
      'accept-ranges': 'bytes',
      'content-length': Math.max(0, end - start + 1),
      ...(asked ? { 'content-range': `bytes ${start}-${end}/${stats.size}` } : {}),
    },
    body: stats.size === 0 ? [] : readFile(file, start, end),
  };
}

async function* readFile(file: string, start: number, end: number): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(file, { start, end })) yield chunk as Buffer; // no encoding: buffers
}
