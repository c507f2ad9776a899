import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Problem } from '@linkcast/contracts';
import { syncPath, writeAt } from '@linkcast/kit';

export interface UploadPart {
  readonly file: string;
  /** The place of the first byte. */
  readonly offset: number;
  /** Of the whole file: no byte is written beyond. */
  readonly bytes: number;
  readonly body: Readable;
  /** Ends the writing, and keeps what has come. */
  readonly signal: AbortSignal;
  /** Called again and again. @throws when the disk has no more room. */
  readonly checkRoom: () => Promise<void>;
  /** Milliseconds for which a client may send nothing. */
  readonly stallMs: number;
}

const CHECK_BYTES = 64 * 1024 * 1024;

/**
 * Writes bytes of an upload as they come. All that has come stays, also when it rejects. A whole file is on the disk when this resolves.
 *
 * @returns the bytes that the file has now.
 * @throws {Problem} request-too-large when there are more bytes than were announced, conflict when the signal ended it; what the
 * check of the room throws; or the error of the file.
 */
export async function writeUploadPart(part: UploadPart): Promise<number> {
  const handle = await open(part.file, constants.O_WRONLY | constants.O_NOFOLLOW);
  try {
    const end = await writeAll(handle, part);
    if (end === part.bytes) {
      await handle.sync();
      await syncPath(path.dirname(part.file));
    }
    return end;
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, part: UploadPart): Promise<number> {
  const { offset, bytes, body, signal, checkRoom, stallMs } = part;
  let at = offset;
  let checkAt = offset + CHECK_BYTES;
  signal.throwIfAborted(); // another request has come before this one had its turn
  const end = (): void => void body.destroy();
  const stall = setTimeout(end, stallMs);
  signal.addEventListener('abort', end);
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      stall.refresh();
      await writeAt(handle, chunk.subarray(0, bytes - at), at);
      at += chunk.length;
      if (at > bytes) throw new Problem('request-too-large');
      if (at < checkAt) continue;
      await checkRoom();
      checkAt = at + CHECK_BYTES;
    }
  } catch (error) {
    if (!body.destroyed) throw error; // else the client has disconnected or stalled
  } finally {
    clearTimeout(stall);
    signal.removeEventListener('abort', end);
  }
  signal.throwIfAborted();
  return at;
}
