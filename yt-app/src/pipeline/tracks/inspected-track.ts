import { Problem } from '@linkcast/contracts';
import { throwUnlessDownloaded } from '../programs/ytdlp-errors.ts';
import { readHead } from './head.ts';
import { runSavedTrack } from './saved-track.ts';
import { runStreamedTrack } from './streamed-track.ts';
import type { TrackResult, TrackRun } from './track-programs.ts';
import { openTrackSource } from './track-source.ts';

const NOTHING_MORE_WANTED = 'nothing more is wanted';

/** Inspects the first bytes of the download, and then streams the rest into ffmpeg, or saves it to a file first. */
export async function runInspectedTrack(run: TrackRun): Promise<TrackResult> {
  const source = await openTrackSource(run);
  const { downloader, bytes } = source;
  try {
    const head = await readHead(bytes, { ffmpeg: run.ffmpeg, directory: run.workDirectory, signal: run.signal });
    if (head.kind === 'streamable') return await runStreamedTrack(run, source, head);
    if (head.kind === 'index-at-end') return await runSavedTrack(run, source, head);
    if (bytes.readableEnded) throwUnlessDownloaded(await downloader.outcome, run.signal);
    throw new Problem('source-not-media');
  } finally {
    bytes.destroy(); // unread output would keep the program from ending
    await downloader.stop(NOTHING_MORE_WANTED); // it ends before its files are removed
  }
}
