import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { TrackPlan } from '../plan/track-plan.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { ExtraOutputs, TrackRun } from '../tracks/track-programs.ts';
import { runTrack, type DownloadedTrack } from '../tracks/track.ts';
import { SourceChanged, type KeptSource } from '../tracks/kept-source.ts';
import type { DownloadProgress } from '../programs/ytdlp-progress.ts';
import { restOfDocument } from './rest-of-document.ts';
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
      finishTrack(track, { run, download, trackRunOf }).catch((error: unknown) => failAll(run, error)),
    ),
  );
  done.abort();
  await monitoring.finally(() => download.kept.close()); // the monitor may drop what is kept
  const failure = results.find((result) => result.status === 'rejected');
  run.signal.throwIfAborted();
  if (failure) throw failure.reason;
  return results.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []));
}

function failAll(run: PipelineRun, error: unknown): never {
  run.abort(error);
  throw error;
}

type TrackRunOf = (track: TrackPlan, parts: Pick<TrackRun, 'document' | 'download' | 'kept'>) => TrackRun;

/** @returns a function that connects a track with the item and the monitors. */
function createTrackRuns(
  run: PipelineRun,
  { plan, item }: Download,
  { meter, headStart }: DownloadMonitors,
  extra: ExtraOutputs,
): TrackRunOf {
  let missing = plan.tracks.length;
  const onDownloaded = (): void => {
    missing -= 1;
    if (missing === 0) run.reporter.entered('converting');
  };
  return (track, { document, download, kept }) => ({
    ffmpeg: run.ffmpeg,
    plan: track,
    document,
    download,
    kept,
    get mediaDirectory() {
      return run.mediaDirectory;
    },
    fileAccess: run.place.access,
    workDirectory: download.directory,
    maxHeight: run.limits.maxHeight,
    extra,
    stallSeconds: run.stallSeconds,
    signal: run.signal,
    onProgress(progress) {
      if (progress.fragments !== null) kept?.noteFragments(progress.fragments);
      meter.update(track, behind(progress, kept?.bytes ?? 0));
    },
    onDownloading: (downloader) => headStart.add(track, downloader),
    onConverting: (publishers) => item.add(track, publishers),
    onDownloaded,
  });
}

/** The progress of a whole format, whose first bytes are kept. */
function behind(progress: DownloadProgress, kept: number): DownloadProgress {
  const plus = (bytes: number | null): number | null => (bytes === null ? null : bytes + kept);
  const { bytes, totalBytes, estimatedBytes } = progress;
  return { ...progress, bytes: bytes + kept, totalBytes: plus(totalBytes), estimatedBytes: plus(estimatedBytes) };
}

interface TrackContext {
  readonly run: PipelineRun;
  readonly download: Download;
  readonly trackRunOf: TrackRunOf;
}

/** @returns null when a track that is not primary failed: the item is made without it. */
async function finishTrack(track: TrackPlan, context: TrackContext): Promise<DownloadedTrack | null> {
  const {
    run,
    download: { item },
  } = context;
  try {
    const result = await continueTrack(track, context);
    await Promise.all(result.publishers.map((publisher) => publisher.flush()));
    return result;
  } catch (error) {
    if (track.primary || run.signal.aborted) throw error;
    run.logger.warn({ track: track.name, err: error }, 'secondary track failed');
    item.drop(track);
    const files = ['mp4', 'm3u8'].map((extension) => path.join(run.mediaDirectory, `${track.name}.${extension}`));
    await Promise.all(files.map((file) => rm(file, { force: true })));
    return null;
  }
}

/** Continues with what an earlier run has kept. A source that is another one now begins anew. */
async function continueTrack(track: TrackPlan, { run, download, trackRunOf }: TrackContext): Promise<DownloadedTrack> {
  const { downloads, kept: sources } = download;
  const start = async (kept: KeptSource | null): Promise<DownloadedTrack> => {
    const document = await documentOf(track, kept, { run, download });
    return await runTrack(trackRunOf(track, { document, download: await downloads.take(), kept }));
  };
  const kept = await sources.open(track);
  try {
    return await start(kept);
  } catch (error) {
    if (!(error instanceof SourceChanged)) throw error;
    run.logger.info({ track: track.name }, 'source changed, track begins anew');
    await kept?.discard();
    return await start(await sources.open(track));
  }
}

/** @throws {SourceChanged} */
async function documentOf(
  { formatId }: TrackPlan,
  kept: KeptSource | null,
  { run, download }: Pick<TrackContext, 'run' | 'download'>,
): Promise<string> {
  const document = download.documents.get(formatId);
  if (document === undefined) throw new Error(`the plan has a format that was not offered: ${formatId}`);
  if (!kept?.rest) return document;
  const rest = await restOfDocument(document, kept.rest, { fetchBytes: run.egress.fetchBytes, signal: run.signal });
  if (rest === undefined) throw new SourceChanged();
  return rest;
}
