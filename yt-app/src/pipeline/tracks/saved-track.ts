import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@linkcast/contracts';
import { throwUnlessDownloaded } from '../programs/ytdlp-errors.ts';
import type { Head } from './head.ts';
import { convertFile } from './file-conversion.ts';
import type { TrackResult, TrackRun } from './track-programs.ts';
import type { TrackSource } from './track-source.ts';

/** Saves the download to a file, which is converted when it is whole. */
export async function runSavedTrack(run: TrackRun, source: TrackSource, head: Head): Promise<TrackResult> {
  const file = await saveDownload(run, source, head);
  run.onDownloaded();

  const probed = await run.ffmpeg.probe(file, run.signal);
  if (!probed) throw new Problem('source-not-media');
  return convertFile(run, file, probed);
}

/** @returns the file. When the bytes are kept anyhow, theirs. */
async function saveDownload(
  { kept, workDirectory, signal }: TrackRun,
  { downloader, bytes }: TrackSource,
  head: Head,
): Promise<string> {
  const keptFile = kept?.need() === true ? kept.file : undefined;
  const file = keptFile ?? path.join(workDirectory, 'source');
  const sink = keptFile ? new Writable({ write: (_chunk, _encoding, done) => done() }) : createWriteStream(file);
  sink.write(head.bytes);
  const [downloaded, saved] = await Promise.allSettled([downloader.outcome, pipeline(bytes, sink, { signal })]);
  if (downloaded.status === 'fulfilled') throwUnlessDownloaded(downloaded.value, signal);
  if (saved.status === 'rejected') throw new Error('the source file could not be written', { cause: saved.reason });
  return file;
}
