import type { FileHandle } from 'node:fs/promises';

/** Reads a file once, from its begin to its end, through a window of bytes. */
export interface ForwardReader {
  readonly size: number;
  /**
   * The bytes at a place that is not before an earlier one; fewer behind the end of the file. They are valid until the
   * next call.
   */
  at(offset: number, length: number): Buffer | Promise<Buffer>;
  /** Reads the rest. */
  finish(): Promise<void>;
}

const CHUNK_BYTES = 1 << 20;
/** Room for the end of a chunk that is still needed when the next one comes. */
const KEPT_BYTES = 1 << 16;

/** @param onBytes receives every byte of the file once, in order. */
export function createForwardReader(
  handle: FileHandle,
  { size, onBytes }: { size: number; onBytes: (bytes: Buffer) => void },
): ForwardReader {
  let buffer = Buffer.allocUnsafe(CHUNK_BYTES + KEPT_BYTES);
  /** The window: so many bytes at the begin of the buffer, which are those at `begin` in the file. */
  let filled = 0;
  let begin = 0;

  /** Reads the next chunk; keeps what is in the window from `from` on. @returns false at the end of the file. */
  const advance = async (from: number): Promise<boolean> => {
    const dropped = Math.min(filled, Math.max(0, from - begin));
    const kept = filled - dropped;
    const next = kept + CHUNK_BYTES > buffer.length ? Buffer.allocUnsafe(kept * 2 + CHUNK_BYTES) : buffer;
    buffer.copy(next, 0, dropped, filled);
    buffer = next;
    begin += dropped;
    filled = kept;
    const { bytesRead } = await handle.read(buffer, kept, CHUNK_BYTES, begin + kept);
    onBytes(buffer.subarray(kept, kept + bytesRead));
    filled += bytesRead;
    return bytesRead > 0;
  };
  const slice = (offset: number, length: number): Buffer => {
    const from = Math.min(filled, Math.max(0, offset - begin));
    return buffer.subarray(from, Math.min(filled, from + length));
  };
  const isRead = (offset: number, length: number): boolean => offset + length <= begin + filled;
  const readOn = async (offset: number, length: number): Promise<Buffer> => {
    while (!isRead(offset, length) && (await advance(offset)));
    return slice(offset, length);
  };

  return {
    size,
    at: (offset, length) => (isRead(offset, length) ? slice(offset, length) : readOn(offset, length)),
    async finish() {
      while (await advance(begin + filled));
    },
  };
}
