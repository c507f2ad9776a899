import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { TrackPlan } from '../plan/track-plan.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { ExtraOutputs, TrackRun } from '../tracks/track-programs.ts';
import { runTrack, type DownloadedTrack } from '../tracks/track.ts';
import type { PreparedDownload } from '../programs/ytdlp.ts';
import { monitorDownload, type Download, type DownloadMonitors } from './download-monitor.ts';
import { createHeadStart } from './head-start.ts';
import { mp3Extra } from './mp3-extra.ts';
import { createProgressMeter } from './progress-meter.ts';

/**
 * Runs all tracks, and monitors them meanwhile. The first failure of a primary track ends the others.
 *
 * @returns the tracks that the item consists of.
 * @throws the reason of the signal, or the failure of a primary track.
 */
export async function downloadTracks(run: PipelineRun, download: Download): Promise<DownloadedTrack[]> {
  const monitors = { meter: createProgressMeter(download.plan.tracks), headStart: createHeadStart() };
  const trackRunOf = createTrackRuns(run, download, monitors, await mp3Extra(run, download));
  const done = new AbortController();
  const monitoring = monitorDownload(run, download, { ...monitors, done: done.signal });
  const results = await Promise.allSettled(
    download.plan.tracks.map((track) =>
      download.downloads
        .take()
        .then((prepared) => finishTrack(trackRunOf(track, prepared), run, download))
        .catch((error: unknown) => failAll(run, error)),
    ),
  );
  done.abort();
  await monitoring;
  const failure = results.find((result) => result.status === 'rejected');
  run.signal.throwIfAborted();
  if (failure) throw failure.reason;
  return results.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []));
}

function failAll(run: PipelineRun, error: unknown): never {
  run.abort(error);
  throw error;
}

/** @returns a function that connects a track with the item and the monitors. */
function createTrackRuns(
  run: PipelineRun,
  { plan, documents, item }: Download,
  { meter, headStart }: DownloadMonitors,
  extra: ExtraOutputs,
): (track: TrackPlan, download: PreparedDownload) => TrackRun {
  let missing = plan.tracks.length;
  const onDownloaded = (): void => {
    missing -= 1;
    if (missing === 0) run.reporter.entered('converting');
  };
  return (track, download) => ({
    ffmpeg: run.ffmpeg,
    plan: track,
    document: documentOf(track, documents),
    download,
    mediaDirectory: run.mediaDirectory,
    workDirectory: download.directory,
    maxHeight: run.limits.maxHeight,
    extra,
    stallSeconds: run.stallSeconds,
    signal: run.signal,
    onProgress: (progress) => meter.update(track, progress),
    onDownloading: (downloader) => headStart.add(track, downloader),
    onConverting: (publishers) => item.add(track, publishers),
    onDownloaded,
  });
}

function documentOf({ formatId }: TrackPlan, documents: Download['documents']): string {
  const document = documents.get(formatId);
  if (document === undefined) throw new Error(`the plan has a format that was not offered: ${formatId}`);
  return document;
}

/** @returns null when a track that is not primary failed: the item is made without it. */
async function finishTrack(trackRun: TrackRun, run: PipelineRun, { item }: Download): Promise<DownloadedTrack | null> {
  const { plan: track } = trackRun;
  try {
    const result = await runTrack(trackRun);
    await Promise.all(result.publishers.map((publisher) => publisher.flush()));
    return result;
  } catch (error) {
    if (track.primary || run.signal.aborted) throw error;
    run.logger.warn({ jobId: run.job.id, track: track.name, err: error }, 'secondary track failed');
    item.drop(track);
    const files = ['mp4', 'm3u8'].map((extension) => path.join(run.mediaDirectory, `${track.name}.${extension}`));
    await Promise.all(files.map((file) => rm(file, { force: true })));
    return null;
  }
}
