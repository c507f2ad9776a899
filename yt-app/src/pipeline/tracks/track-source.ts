import type { Readable } from 'node:stream';
import type { Program } from '@linkcast/kit';
import { throwUnlessDownloaded } from '../programs/ytdlp-errors.ts';
import { keepUnread } from './byte-reader.ts';
import { SourceChanged, type KeptSource } from './kept-source.ts';
import { startDownload, type TrackRun } from './track-programs.ts';

const SOURCE_CHANGED = 'the source has changed';

/** All bytes of a format, and the program that downloads those that are not there yet. */
export interface TrackSource {
  readonly downloader: Program;
  readonly bytes: Readable;
}

/**
 * Starts the download of a track, from the place up to which an earlier run has kept it.
 *
 * @throws {SourceChanged} before a byte was read, when the source does not continue what was kept, or cannot be read from there.
 */
export async function openTrackSource(run: TrackRun): Promise<TrackSource> {
  const output = keepUnread(run.download.output);
  const downloader = startDownload(run);
  const { kept } = run;
  if (!kept) return { downloader, bytes: output };
  if (kept.rest) await confirm(kept, { downloader, bytes: output }, run.signal);
  return { downloader, bytes: kept.read(output, () => downloader.touch()) };
}

async function confirm(kept: KeptSource, { downloader, bytes }: TrackSource, signal: AbortSignal): Promise<void> {
  const isSame = await kept.confirm(bytes, signal);
  if (isSame) return;
  bytes.destroy();
  if (isSame === undefined) throwUnlessDownloaded(await downloader.outcome, signal);
  await downloader.stop(SOURCE_CHANGED);
  throw new SourceChanged();
}
