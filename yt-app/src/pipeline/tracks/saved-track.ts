import { createWriteStream } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@linkcast/contracts';
import type { Program } from '@linkcast/kit';
import { throwUnlessDownloaded } from '../programs/ytdlp-errors.ts';
import type { Head } from './head.ts';
import { chooseRenditions, statedSeconds } from './rendition-choice.ts';
import { throwUnlessConverted } from './track-outcome.ts';
import { startConversion, type TrackResult, type TrackRun } from './track-programs.ts';

/** Saves the download to a file, which is converted when it is whole. */
export async function runSavedTrack(
  run: TrackRun,
  downloader: Program,
  { head, rest }: { head: Head; rest: Readable },
): Promise<TrackResult> {
  const file = path.join(run.workDirectory, 'source');
  await saveDownload(file, run, downloader, { head, rest });
  run.onDownloaded();

  const probed = await run.ffmpeg.probe(file, run.signal);
  if (!probed) throw new Problem('source-not-media');
  const renditions = chooseRenditions(run.plan, probed);
  const { program: converter, publishers } = startConversion(run, renditions, { target: `file:${file}`, options: [] });
  await throwUnlessConverted(await converter.outcome, publishers, run.signal);
  return { publishers, statedSeconds: statedSeconds(renditions, probed) };
}

async function saveDownload(
  file: string,
  { signal }: TrackRun,
  downloader: Program,
  { head, rest }: { head: Head; rest: Readable },
): Promise<void> {
  const sink = createWriteStream(file);
  sink.write(head.bytes);
  const [downloaded, saved] = await Promise.allSettled([downloader.outcome, pipeline(rest, sink, { signal })]);
  if (downloaded.status === 'fulfilled') throwUnlessDownloaded(downloaded.value, signal);
  if (saved.status === 'rejected') throw new Error('the source file could not be written', { cause: saved.reason });
}
