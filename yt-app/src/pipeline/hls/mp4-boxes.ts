import type { FileHandle } from 'node:fs/promises';
import type { ByteRange } from './playlist.ts';

/** A box at the top level of an MP4 (ISO/IEC 14496-12, 4.2), its header counted in. */
export interface Box extends ByteRange {
  readonly type: string;
}

const HEADER_BYTES = 16;

/** Walks from box to box, reading headers only; ends with the range, or at what is no whole box. */
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

/** So many bytes; zeros behind the end of the file. */
export async function readAt(handle: FileHandle, { offset, length }: ByteRange): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  await handle.read(bytes, 0, length, offset);
  return bytes;
}
