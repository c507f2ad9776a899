import { Problem } from '@linkcast/contracts';
import { throwUnlessDownloaded } from '../programs/ytdlp-errors.ts';
import { keepUnread } from './byte-reader.ts';
import { readHead } from './head.ts';
import { runSavedTrack } from './saved-track.ts';
import { runStreamedTrack } from './streamed-track.ts';
import { startDownload, type TrackResult, type TrackRun } from './track-programs.ts';

const NOTHING_MORE_WANTED = 'nothing more is wanted';

/** Inspects the first bytes of the download, and then streams the rest into ffmpeg, or saves it to a file first. */
export async function runInspectedTrack(run: TrackRun): Promise<TrackResult> {
  const rest = keepUnread(run.download.output);
  const downloader = startDownload(run);
  try {
    const head = await readHead(rest, { ffmpeg: run.ffmpeg, directory: run.workDirectory, signal: run.signal });
    if (head.kind === 'streamable') return await runStreamedTrack(run, downloader, { head, rest });
    if (head.kind === 'index-at-end') return await runSavedTrack(run, downloader, { head, rest });
    if (rest.readableEnded) throwUnlessDownloaded(await downloader.outcome, run.signal);
    throw new Problem('source-not-media');
  } finally {
    rest.destroy(); // unread output would keep the program from ending
    await downloader.stop(NOTHING_MORE_WANTED); // it ends before its files are removed
  }
}
