import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { readBytes } from './byte-reader.ts';
import { openFragmentCount } from './fragment-count.ts';
import { createKeptFile } from './kept-file.ts';
import { findPlace, readPart } from './kept-place.ts';

/** The source has other bytes than those that an earlier run has kept: the track begins anew. */
export class SourceChanged extends Error {
  override readonly name = 'SourceChanged';
}

/** The part of a format that an earlier run has not kept: from a byte on, or without the first fragments. */
export type Rest =
  { readonly kind: 'byte'; readonly from: number } | { readonly kind: 'fragment'; readonly skip: number };

/** The bytes of a format as far as they have come, in a file with which another run continues when this one is interrupted. */
export interface KeptSource {
  readonly file: string;
  /** The part that is still to be downloaded; null: all of it. */
  readonly rest: Rest | null;
  /** Bytes that are not downloaded again; of a list of fragments, about. */
  readonly bytes: number;
  /**
   * Reads the first bytes of the rest, and compares them with the last ones of the file.
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
  /** Lets a program write the file from its beginning, when nothing was kept. @param start gets the file. */
  fill<Filled>(start: (file: string) => Filled): Filled;
  /** Remembers how many fragments of this download have come. */
  noteFragments(count: number): void;
  /** Needs the file until the end of the run: it is not dropped any more. @returns false when it was dropped before. */
  need(): boolean;
  /** Frees the space, and keeps nothing from now on, unless the file is needed. Bytes that {@link read} has yet to give are freed after that. */
  drop(): Promise<void>;
  /** The source has changed: frees the space at once. */
  discard(): Promise<void>;
  close(): Promise<void>;
}

/** The end of the file that is downloaded again, to see that the source is still the same. */
const OVERLAP_BYTES = 256 * 1024;
const READ_BYTES = 1 << 20;
/** Little is read ahead: when the converter fails, the rest of the source must be left to download for the blame to be right. */
const BYTES = { objectMode: false, highWaterMark: 64 * 1024 } as const;

/** A fragment that is counted may not be in the file yet; the one before it is whole, so that its place is found. */
const REPEATED_FRAGMENTS = 2;

/**
 * Opens the file of a track, which an earlier run may have left.
 *
 * @param unit from which a download of the track can go on.
 */
export async function openKeptSource(file: string, unit: Rest['kind']): Promise<KeptSource> {
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  const { size } = await handle.stat();
  const fragments = await openFragmentCount(`${file}.fragments`);
  const rest = restOf(unit, size, fragments.earlier);
  if (!rest) await Promise.all([handle.truncate(), fragments.reset()]);
  const keptFile = createKeptFile(handle, file, rest !== null);
  /** The place in the file at which the download goes on, and its first bytes. */
  let join: { readonly at: number; readonly first: Buffer } = { at: 0, first: Buffer.alloc(0) };

  async function* readAll(output: Readable, onRead: () => void): AsyncGenerator<Buffer, void> {
    for (let at = 0; at < join.at; at += READ_BYTES) {
      yield await readPart(handle, at, Math.min(READ_BYTES, join.at - at));
      onRead();
    }
    await keptFile.endReading();
    let end = join.at;
    for await (const chunk of joined(join.first, output)) {
      await keptFile.write(chunk, end);
      end += chunk.length;
      yield chunk;
    }
  }

  return {
    file,
    rest,
    bytes: rest === null ? 0 : rest.kind === 'byte' ? rest.from : size,
    async confirm(output, signal) {
      const first = await readBytes(output, OVERLAP_BYTES, signal);
      const at =
        rest?.kind === 'byte' ? await confirmedByte(handle, rest.from, first) : await findPlace(handle, size, first);
      if (at === undefined) return first.length < OVERLAP_BYTES ? undefined : false;
      join = { at, first };
      return true;
    },
    read: (output, onRead) => Readable.from(readAll(output, onRead), BYTES),
    fill(start) {
      keptFile.leaveToProgram();
      return start(file);
    },
    noteFragments: (count) => fragments.note(count + (rest?.kind === 'fragment' ? rest.skip : 0)),
    need: () => keptFile.need(),
    drop: () => keptFile.drop(),
    async discard() {
      await keptFile.endReading();
      await keptFile.drop();
    },
    async close() {
      keptFile.endDropping();
      await handle.close();
    },
  };
}

function restOf(unit: Rest['kind'], size: number, fragments: number): Rest | null {
  if (unit === 'byte') return size > OVERLAP_BYTES ? { kind: 'byte', from: size - OVERLAP_BYTES } : null;
  const skip = fragments - REPEATED_FRAGMENTS;
  return size > 0 && skip > 0 ? { kind: 'fragment', skip } : null;
}

async function confirmedByte(handle: FileHandle, from: number, first: Buffer): Promise<number | undefined> {
  return first.equals(await readPart(handle, from, OVERLAP_BYTES)) ? from : undefined;
}

async function* joined(first: Buffer, output: Readable): AsyncGenerator<Buffer, void> {
  if (first.length > 0) yield first;
  yield* output as AsyncIterable<Buffer>;
}
