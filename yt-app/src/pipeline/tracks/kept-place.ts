import type { FileHandle } from 'node:fs/promises';

const READ_BYTES = 1 << 20;
/** Long enough to be found once: boxes and packets are numbered, or have time stamps. */
const NEEDLE_BYTES = 4096;
/** Several fragments of 4K. */
const SEARCHED_BYTES = 256 * 1024 * 1024;

/**
 * Finds the only place near the end of a file from which it has the same bytes as the output, as far as it goes.
 *
 * @param size of the file.
 * @param first the first bytes of the output.
 */
export async function findPlace(handle: FileHandle, size: number, first: Buffer): Promise<number | undefined> {
  const needle = first.subarray(0, NEEDLE_BYTES);
  if (needle.length === 0) return undefined;
  const places: number[] = [];
  for (let at = Math.max(0, size - SEARCHED_BYTES); at <= size - needle.length && places.length < 2; at += READ_BYTES) {
    const part = await readPart(handle, at, Math.min(READ_BYTES + needle.length - 1, size - at));
    for (let found = part.indexOf(needle); found >= 0; found = part.indexOf(needle, found + 1)) {
      if (await continues(handle, { at: at + found, size }, first)) places.push(at + found);
      if (places.length > 1) break;
    }
  }
  return places.length === 1 ? places[0] : undefined;
}

async function continues(
  handle: FileHandle,
  { at, size }: { readonly at: number; readonly size: number },
  first: Buffer,
): Promise<boolean> {
  const common = Math.min(first.length, size - at);
  return first.subarray(0, common).equals(await readPart(handle, at, common));
}

/** @throws when the file is shorter. */
export async function readPart(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error('the kept bytes of a source are not there any more');
  return buffer;
}
