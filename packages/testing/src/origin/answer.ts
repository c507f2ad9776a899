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

  const { size } = stats;
  const type = { 'content-type': CONTENT_TYPES[path.extname(file)] ?? 'application/octet-stream' };
  const requested = readRange(range, size);
  if (requested && requested.start > requested.end)
    return { status: 416, headers: { ...type, 'content-range': `bytes */${size}`, 'content-length': 0 }, body: [] };
  const { start, end } = requested ?? { start: 0, end: size - 1 };
  return {
    status: requested ? 206 : 200,
    headers: {
      ...type,
      'accept-ranges': 'bytes',
      'content-length': end - start + 1,
      ...(requested ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
    },
    body: size === 0 ? [] : readFile(file, start, end),
  };
}

/** The first and last byte of a range; undefined for the whole file. Of an impossible range the start is after the end. */
function readRange(range: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === undefined) return undefined;
  return { start: Number(first), end: Math.min(last ? Number(last) : Infinity, size - 1) };
}

async function* readFile(file: string, start: number, end: number): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(file, { start, end })) yield chunk as Buffer; // no encoding: buffers
}
