import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FfmpegEnd } from '../programs/command-line.ts';
import { watchDownload, type Download, type Overseen } from './download-watch.ts';
import { createHeadStart } from './head-start.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { TrackPlan } from '../plan/download-plan.ts';
import { createProgressMeter } from './progress-meter.ts';
import { mp3Output } from '../programs/rendition-arguments.ts';
import { createTrackRunner, type DownloadedTrack } from '../tracks/track.ts';

const COVER_WAIT_MS = 4000;
/** For what comes without a picture of its own. */
const DEFAULT_COVER = path.resolve(import.meta.dirname, '../../assets/cover.jpg');

/** Runs every track to its end, and shows and guards what has come meanwhile. Gives those that the item is made of. */
export async function downloadTracks(run: PipelineRun, download: Download): Promise<DownloadedTrack[]> {
  const meter = createProgressMeter(download.plan.tracks);
  const headStart = createHeadStart();
  const trackDone = createTracks(run, download, { meter, headStart, extra: await mp3Extra(run, download) });
  const done = new AbortController();
  const watcher = watchDownload(run, download, { meter, headStart, done: done.signal });
  const tracks = await Promise.allSettled(
    download.plan.tracks.map((track) => trackDone(track).catch((error: unknown) => failAll(run, error))),
  );
  done.abort();
  await watcher;
  const failure = tracks.find((track) => track.status === 'rejected');
  run.signal.throwIfAborted();
  if (failure) throw failure.reason;
  return tracks.flatMap((track) => (track.status === 'fulfilled' && track.value ? [track.value] : []));
}

/** The first failure ends everything else, too. */
function failAll(run: PipelineRun, error: unknown): never {
  run.abort(error);
  throw error;
}

/** @returns a function that runs one track; null: the item does without it. */
function createTracks(
  run: PipelineRun,
  { plan, item }: Download,
  { meter, headStart, extra }: Overseen & { extra: { inputs: FfmpegEnd[]; outputs: FfmpegEnd[] } },
) {
  const runTrack = createTrackRunner(run);
  let missing = plan.tracks.length;
  const onDownloaded = (): void => {
    missing -= 1;
    if (missing === 0) run.reporter.entered('converting');
  };

  return async (track: TrackPlan): Promise<DownloadedTrack | null> => {
    try {
      const result = await runTrack({
        plan: track,
        proxyUrl: run.egress.proxyUrl,
        mediaDirectory: run.mediaDirectory,
        workDirectory: path.join(run.workDirectory, track.name),
        maxHeight: run.limits.maxHeight,
        extra,
        stallSeconds: run.stallSeconds,
        signal: run.signal,
        onProgress: (progress) => meter.update(track, progress),
        onDownloading: (downloader) => headStart.add(track, downloader),
        onStarted: (publishers) => item.add(track, publishers),
        onDownloaded,
      });
      await Promise.all(result.publishers.map((publisher) => publisher.flush()));
      return { ...result, plan: track };
    } catch (error) {
      if (track.primary || run.signal.aborted) throw error;
      run.logger.warn({ jobId: run.job.id, track: track.name, err: error }, 'a smaller rendition is left out');
      item.drop(track);
      await Promise.all(
        ['mp4', 'm3u8'].map((ending) => rm(path.join(run.mediaDirectory, `${track.name}.${ending}`), { force: true })),
      );
      return null;
    }
  };
}

/** The MP3 is written from the same bytes as the rendition; its cover has to be there before it starts. */
async function mp3Extra(
  run: PipelineRun,
  { plan, facts, poster }: Download,
): Promise<{ inputs: FfmpegEnd[]; outputs: FfmpegEnd[] }> {
  if (!plan.withMp3) return { inputs: [], outputs: [] };
  const cover = (await Promise.race([poster, delay(COVER_WAIT_MS, null)])) ?? DEFAULT_COVER;
  const tags = { title: facts.title, artist: facts.uploader };
  return {
    inputs: [{ target: `file:${cover}`, options: [] }],
    outputs: [mp3Output(path.join(run.mediaDirectory, 'audio.mp3'), tags)],
  };
}
