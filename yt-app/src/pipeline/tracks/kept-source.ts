import { constants } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { readBytes } from './byte-reader.ts';

/** The source has other bytes than those that an earlier run has kept: the track begins anew. */
export class SourceChanged extends Error {
  override readonly name = 'SourceChanged';
}

/** The bytes of a format as far as they have come, in a file with which another run continues when this one is interrupted. */
export interface KeptSource {
  readonly file: string;
  /** The place in the format from which the download continues; 0: from its beginning. */
  readonly from: number;
  /**
   * Reads the first bytes of the download, and compares them with the last ones of the file.
   *
   * @returns undefined when the output ended before.
   */
  confirm(output: Readable, signal: AbortSignal): Promise<boolean | undefined>;
  /**
   * All bytes of the format: those of the file, then those of the download, which are added to it. Called once.
   *
   * @param output as {@link confirm} has left it.
   * @param onRead called with each part of the file.
   */
  read(output: Readable, onRead: () => void): Readable;
  /** Needs the file until the end of the run: it is not dropped any more. @returns false when it was dropped before. */
  need(): boolean;
  /** Frees the space, and keeps nothing from now on, unless the file is needed. Bytes that {@link read} has yet to give are freed after that. */
  drop(): Promise<void>;
  close(): Promise<void>;
}

/** The end of the file that is downloaded again, to see that the source is still the same. */
const OVERLAP_BYTES = 256 * 1024;
const READ_BYTES = 1 << 20;
/** Little is read ahead: when the converter fails, the rest of the source must be left to download for the blame to be right. */
const BYTES = { objectMode: false, highWaterMark: 64 * 1024 } as const;

/** Opens the file of a track, which an earlier run may have left. */
export async function openKeptSource(file: string): Promise<KeptSource> {
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  const { size } = await handle.stat();
  const from = Math.max(0, size - OVERLAP_BYTES);
  const whole = from === 0 ? 0 : size;
  let use: 'kept' | 'needed' | 'dropped' = 'kept';
  /** The bytes of an earlier run are still wanted. */
  let isUnread = whole > 0;

  const free = async (): Promise<void> => {
    await handle.truncate();
    await rm(file, { force: true });
  };
  const drop = async (): Promise<void> => {
    if (use !== 'kept') return;
    use = 'dropped';
    if (!isUnread) await free();
  };
  const endReading = async (): Promise<void> => {
    isUnread = false;
    if (use === 'dropped') await free();
  };
  /** Nothing is kept of a source that could not be written, for example on a full disk. */
  const giveUp = async (error: unknown): Promise<void> => {
    if (use === 'needed') throw error;
    await drop();
  };
  async function* bytes(output: Readable, onRead: () => void): AsyncGenerator<Buffer, void> {
    for (let at = 0; at < whole; at += READ_BYTES) {
      yield await readPart(handle, at, Math.min(READ_BYTES, whole - at));
      onRead();
    }
    await endReading();
    let end = whole;
    for await (const chunk of output as AsyncIterable<Buffer>) {
      if (use !== 'dropped') await writePart(handle, chunk, end).catch(giveUp);
      end += chunk.length;
      yield chunk;
    }
  }

  return {
    file,
    from,
    async confirm(output, signal) {
      const found = await readBytes(output, OVERLAP_BYTES, signal);
      const isSame = found.equals(await readPart(handle, from, OVERLAP_BYTES));
      if (!isSame) await endReading();
      return found.length < OVERLAP_BYTES ? undefined : isSame;
    },
    read: (output, onRead) => Readable.from(bytes(output, onRead), BYTES),
    need() {
      if (use === 'kept') use = 'needed';
      return use === 'needed';
    },
    drop,
    close: () => handle.close(),
  };
}

async function readPart(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error('the kept bytes of a source are not there any more');
  return buffer;
}

/** Writes at its own place: a worker that has lost its lease without noticing would write the same bytes again. */
async function writePart(handle: FileHandle, chunk: Buffer, position: number): Promise<void> {
  for (let written = 0; written < chunk.length;)
    written += (await handle.write(chunk, written, chunk.length - written, position + written)).bytesWritten;
}
