/** Class of a download by its first bytes, which decide whether ffmpeg can read it from a pipe. */
export type HeadKind = 'streamable' | 'index-at-end' | 'not-media';

/** Enough for the index (`moov`) of hours of video; a larger one counts as being at the end. */
export const MAX_HEAD_BYTES = 8 * 1024 * 1024;
/** Enough to recognise a file, and to see all streams of most. */
export const MIN_HEAD_BYTES = 256 * 1024;

const MAX_BOXES = 64;
const MP4_BOX_TYPES = new Set('ftyp moov mdat free skip wide styp sidx moof uuid pnot meta'.split(' '));

/**
 * Classifies a download by its first bytes. An MP4 whose media data (`mdat`) precedes its index (`moov`) cannot be read
 * from a pipe.
 *
 * @returns `more` when these bytes end before the deciding box.
 */
export function inspectHead(head: Buffer): HeadKind | 'more' {
  if (isText(head)) return 'not-media';
  if (!isMp4(head)) return 'streamable';
  let at = 0;
  for (let boxes = 0; boxes < MAX_BOXES && at + 16 <= head.length; boxes += 1) {
    const type = head.toString('latin1', at + 4, at + 8);
    if (type === 'moof') return 'streamable';
    if (type === 'mdat') return 'index-at-end';
    const size = boxSize(head, at);
    if (size < 8) return 'index-at-end'; // 0: up to the end of the file
    at += size;
    if (type === 'moov') return at <= head.length ? 'streamable' : at > MAX_HEAD_BYTES ? 'index-at-end' : 'more';
  }
  return 'more';
}

/** True for an empty file, a web page, a playlist, and JSON. */
function isText(head: Buffer): boolean {
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
