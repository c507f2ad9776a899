import type { FileHandle } from 'node:fs/promises';
import { readAt } from './media-file.ts';
import { boxesWithin } from './mp4-boxes.ts';
import type { Segment } from './segment.ts';

/** `tfdt` is in the first bytes of a `moof`: behind `mfhd` and `tfhd`, which are 16 and up to 40 bytes long. */
const MOOF_HEAD_BYTES = 128;

interface Fragment {
  readonly offset: number;
  readonly end: number;
  /** Decode time of its first sample. */
  readonly beginSeconds: number;
}

/**
 * Cuts a segment into its fragments (`sidx`, `moof` and `mdat` of each belong together). Only the first piece begins with a
 * key frame. A segment of one fragment, and one whose fragments are inconsistent, is returned unchanged.
 *
 * @param timescale units per second of the track.
 */
export async function splitSegment(handle: FileHandle, segment: Segment, timescale: number): Promise<Segment[]> {
  const fragments = await readFragments(handle, segment, timescale);
  const endSeconds = (fragments[0]?.beginSeconds ?? Number.NaN) + segment.seconds;
  const pieces = fragments.map(({ offset, end, beginSeconds }, index) => ({
    offset,
    length: end - offset,
    seconds: (fragments[index + 1]?.beginSeconds ?? endSeconds) - beginSeconds,
  }));
  const isWhole = fragments.at(-1)?.end === segment.offset + segment.length;
  return isWhole && pieces.every(({ seconds }) => seconds > 0) ? pieces : [segment];
}

async function readFragments(handle: FileHandle, segment: Segment, timescale: number): Promise<Fragment[]> {
  const fragments: Fragment[] = [];
  let offset = segment.offset;
  let beginSeconds = Number.NaN;
  for await (const box of boxesWithin(handle, segment)) {
    if (box.type === 'moof') beginSeconds = (await readDecodeTime(handle, box.offset)) / timescale;
    if (box.type !== 'mdat') continue;
    fragments.push({ offset, end: box.offset + box.length, beginSeconds });
    offset = box.offset + box.length;
  }
  return fragments;
}

/** `tfdt`: version, flags, time (ISO/IEC 14496-12, 8.8.12). NaN when the box is missing. */
async function readDecodeTime(handle: FileHandle, moof: number): Promise<number> {
  const head = await readAt(handle, { offset: moof, length: MOOF_HEAD_BYTES });
  const box = head.indexOf('tfdt', 0, 'latin1');
  if (box === -1 || box + 16 > head.length) return Number.NaN;
  return head[box + 4] === 1 ? Number(head.readBigUInt64BE(box + 8)) : head.readUInt32BE(box + 8);
}
