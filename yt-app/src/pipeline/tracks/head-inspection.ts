/** What the first bytes of a file tell about reading it from a pipe. */
export type HeadVerdict = 'streamable' | 'index-at-end' | 'not-media';

/** Enough for the index (`moov`) of hours of video; a larger one counts as being at the end. */
export const HEAD_BYTES = 8 * 1024 * 1024;
/** Enough to recognise a file, and to see all streams of most. */
export const LEAST_HEAD_BYTES = 256 * 1024;

const MP4_BOX_TYPES = new Set([
  'ftyp',
  'moov',
  'mdat',
  'free',
  'skip',
  'wide',
  'styp',
  'sidx',
  'moof',
  'uuid',
  'pnot',
  'meta',
]);

/**
 * Looks at the first bytes of a download. An MP4 whose media data (`mdat`) comes before its index (`moov`) cannot be
 * read from a pipe. `more`: the boxes are not decided yet, more bytes are needed.
 */
export function inspectHead(head: Buffer): HeadVerdict | 'more' {
  if (looksLikeText(head)) return 'not-media';
  if (!isMp4(head)) return 'streamable';
  let at = 0;
  for (let boxes = 0; boxes < 64 && at + 16 <= head.length; boxes += 1) {
    const type = head.toString('latin1', at + 4, at + 8);
    if (type === 'moof') return 'streamable';
    if (type === 'mdat') return 'index-at-end';
    const size = boxSize(head, at);
    if (size < 8) return 'index-at-end'; // 0: up to the end of the file
    at += size;
    if (type === 'moov') return at <= head.length ? 'streamable' : at > HEAD_BYTES ? 'index-at-end' : 'more';
  }
  return 'more';
}

/** A web page, a playlist, or plain text served as media. */
function looksLikeText(head: Buffer): boolean {
  const start = head
    .toString('latin1', 0, 512)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  return start === '' || /^(<!doctype|<html|<\?xml|<head|<body|<svg|<script|#extm3u|ffconcat|\{|\[)/.test(start);
}

function isMp4(head: Buffer): boolean {
  return head.length >= 8 && MP4_BOX_TYPES.has(head.toString('latin1', 4, 8));
}

function boxSize(head: Buffer, at: number): number {
  const size = head.readUInt32BE(at);
  return size === 1 ? Number(head.readBigUInt64BE(at + 8)) : size;
}
