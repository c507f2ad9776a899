import type { FileHandle } from 'node:fs/promises';
import { readAt } from './media-file.ts';
import type { ByteRange } from './segment.ts';

/** A box at the top level of an MP4 (ISO/IEC 14496-12, 4.2), with its header. */
export interface Box extends ByteRange {
  readonly type: string;
}

const HEADER_BYTES = 16;

/** Yields the boxes of a range, reading their headers only. Ends with the range, or before a box that is not whole. */
export async function* boxesWithin(handle: FileHandle, range: ByteRange): AsyncGenerator<Box> {
  const end = range.offset + range.length;
  for (let offset = range.offset; offset < end;) {
    const header = await readAt(handle, { offset, length: HEADER_BYTES });
    const short = header.readUInt32BE(0);
    const length = short === 1 ? Number(header.readBigUInt64BE(8)) : short;
    if (length < 8 || offset + length > end) return;
    yield { type: header.toString('latin1', 4, 8), offset, length };
    offset += length;
  }
}
