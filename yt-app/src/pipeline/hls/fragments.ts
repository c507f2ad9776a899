import type { FileHandle } from 'node:fs/promises';
import { boxesWithin, readAt } from './mp4-boxes.ts';
import type { Segment } from './playlist.ts';

/** `tfdt` stands in the first bytes of a `moof`: behind `mfhd` and `tfhd`, which are 16 and up to 40 bytes long. */
const MOOF_HEAD_BYTES = 128;

interface Fragment {
  readonly offset: number;
  readonly end: number;
  /** Seconds, by the decode time of its first sample. */
  readonly at: number;
}

/**
 * Cuts a segment where its fragments begin (`sidx`, `moof` and `mdat` of each belong together). Only the first piece begins
 * with a key frame. What is one fragment, or makes no sense, stays as it is.
 *
 * @param timescale units a second of the track.
 */
export async function splitSegment(handle: FileHandle, segment: Segment, timescale: number): Promise<Segment[]> {
  const fragments = await readFragments(handle, segment, timescale);
  const began = fragments[0]?.at ?? Number.NaN;
  const pieces = fragments.map(({ offset, end, at }, index) => ({
    offset,
    length: end - offset,
    seconds: (fragments[index + 1]?.at ?? began + segment.seconds) - at,
  }));
  const isWhole = fragments.at(-1)?.end === segment.offset + segment.length;
  return isWhole && pieces.every(({ seconds }) => seconds > 0) ? pieces : [segment];
}

async function readFragments(handle: FileHandle, segment: Segment, timescale: number): Promise<Fragment[]> {
  const fragments: Fragment[] = [];
  let offset = segment.offset;
  let at = Number.NaN;
  for await (const box of boxesWithin(handle, segment)) {
    if (box.type === 'moof') at = (await readDecodeTime(handle, box.offset)) / timescale;
    if (box.type !== 'mdat') continue;
    fragments.push({ offset, end: box.offset + box.length, at });
    offset = box.offset + box.length;
  }
  return fragments;
}

/** `tfdt`: version, flags, time (ISO/IEC 14496-12, 8.8.12). Not a number when it is not there. */
async function readDecodeTime(handle: FileHandle, moof: number): Promise<number> {
  const head = await readAt(handle, { offset: moof, length: MOOF_HEAD_BYTES });
  const box = head.indexOf('tfdt', 0, 'latin1');
  if (box === -1 || box + 16 > head.length) return Number.NaN;
  return head[box + 4] === 1 ? Number(head.readBigUInt64BE(box + 8)) : head.readUInt32BE(box + 8);
}
