import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import type { Ffmpeg } from '../programs/ffmpeg.ts';
import type { ProbedFile } from '../programs/probed-file.ts';
import { HEAD_BYTES, inspectHead, LEAST_HEAD_BYTES, type HeadVerdict } from './head-inspection.ts';

/** The beginning of a download, and what it told. */
export interface Head {
  readonly bytes: Buffer;
  readonly verdict: HeadVerdict;
  /** Its streams; null when the index is not in it. */
  readonly probed: ProbedFile | null;
}

interface HeadOptions {
  readonly ffmpeg: Ffmpeg;
  readonly directory: string;
  readonly signal: AbortSignal;
}

/**
 * The output of a program, safe to be left unread for a while: Node throws away what a child has written and nobody has
 * read yet when the child ends.
 */
export function keepUnread(stdout: Readable): Readable {
  return pipeline(stdout, new PassThrough(), () => undefined); // a broken stream breaks the copy, and its reader sees it
}

/** Reads as much of a stream as it takes to know what it is, 8 MB at most, and leaves the rest in the stream. */
export async function readHead(stream: Readable, options: HeadOptions): Promise<Head> {
  let bytes = Buffer.alloc(0);
  let wanted = LEAST_HEAD_BYTES;
  for (;;) {
    bytes = Buffer.concat([bytes, await readBytes(stream, wanted - bytes.length, options.signal)]);
    const isAll = bytes.length < wanted || wanted >= HEAD_BYTES;
    const head = await judge(bytes, isAll, options);
    if (head) return head;
    wanted = Math.min(HEAD_BYTES, wanted * 4);
  }
}

async function judge(
  bytes: Buffer,
  isAll: boolean,
  { ffmpeg, directory, signal }: HeadOptions,
): Promise<Head | undefined> {
  const verdict = inspectHead(bytes);
  if (verdict === 'not-media' || verdict === 'index-at-end') return { bytes, verdict, probed: null };
  if (verdict === 'more') return isAll ? { bytes, verdict: 'index-at-end', probed: null } : undefined;
  const file = path.join(directory, 'head');
  await writeFile(file, bytes);
  const probed = await ffmpeg.probe(file, signal);
  if (probed?.video || probed?.audio) return { bytes, verdict, probed };
  return isAll ? { bytes, verdict: 'not-media', probed: null } : undefined;
}

/** Exactly so many bytes, or fewer at the end of the stream. */
async function readBytes(stream: Readable, count: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let missing = count;
  while (missing > 0) {
    signal.throwIfAborted();
    const chunk = readChunk(stream, missing);
    if (chunk) {
      chunks.push(chunk);
      missing -= chunk.length;
    } else if (stream.readableEnded || stream.destroyed) break;
    else await readableOrEnd(stream, signal);
  }
  return Buffer.concat(chunks);
}

function readChunk(stream: Readable, most: number): Buffer | null {
  const available = Math.min(most, stream.readableLength);
  return available > 0 ? (stream.read(available) as Buffer | null) : (stream.read() as Buffer | null); // no encoding is set: buffers
}

function readableOrEnd(stream: Readable, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const name of ['readable', 'end', 'close', 'error']) stream.off(name, done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    for (const name of ['readable', 'end', 'close', 'error']) stream.on(name, done);
    signal.addEventListener('abort', done);
  });
}
