import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Ffmpeg } from '../programs/ffmpeg/ffmpeg.ts';
import type { ProbedFile } from '../programs/probed-file.ts';
import { readBytes } from './byte-reader.ts';
import { inspectHead, MAX_HEAD_BYTES, MIN_HEAD_BYTES, type HeadKind } from './head-inspection.ts';

/** The beginning of a download. */
export interface Head {
  readonly bytes: Buffer;
  readonly kind: HeadKind;
  /** Its streams; null when the bytes do not contain the index. */
  readonly probed: ProbedFile | null;
}

export interface HeadOptions {
  readonly ffmpeg: Pick<Ffmpeg, 'probe'>;
  /** A copy of the bytes is written there. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/** Reads as many bytes of a stream as are needed to classify it, 8 MB at most, and leaves the rest in the stream. */
export async function readHead(stream: Readable, options: HeadOptions): Promise<Head> {
  let bytes = Buffer.alloc(0);
  let wanted = MIN_HEAD_BYTES;
  for (;;) {
    bytes = Buffer.concat([bytes, await readBytes(stream, wanted - bytes.length, options.signal)]);
    const isAll = bytes.length < wanted || wanted >= MAX_HEAD_BYTES;
    const head = await classify(bytes, isAll, options);
    if (head) return head;
    wanted = Math.min(MAX_HEAD_BYTES, wanted * 4);
  }
}

/** @returns undefined when more bytes are needed. */
async function classify(
  bytes: Buffer,
  isAll: boolean,
  { ffmpeg, directory, signal }: HeadOptions,
): Promise<Head | undefined> {
  const kind = inspectHead(bytes);
  if (kind === 'not-media' || kind === 'index-at-end') return { bytes, kind, probed: null };
  if (kind === 'more') return isAll ? { bytes, kind: 'index-at-end', probed: null } : undefined;
  const file = path.join(directory, 'head');
  await writeFile(file, bytes);
  const probed = await ffmpeg.probe(file, signal);
  if (probed?.video || probed?.audio) return { bytes, kind, probed };
  return isAll ? { bytes, kind: 'not-media', probed: null } : undefined;
}
