import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { TrackPlan } from '../plan/track-plan.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import { runTrack, type DownloadedTrack } from '../tracks/track.ts';
import { SourceChanged, type KeptSource } from '../tracks/kept-source.ts';
import { bringLive } from '../live/live-track.ts';
import { restOfDocument } from './rest-of-document.ts';
import { monitorDownload, type Download } from './download-monitor.ts';
import { createHeadStart } from './head-start.ts';
import { mp3Extra } from './mp3-extra.ts';
import { bringOwnFile } from './own-file.ts';
import { createProgressMeter } from './progress-meter.ts';
import { createTrackRuns, type TrackRuns } from './track-runs.ts';

/**
 * Runs all tracks, and monitors them meanwhile. The first failure of a primary track ends the others.
 *
 * @returns the tracks that the item consists of.
 * @throws the reason of the signal, or the failure of a primary track.
 */
export async function downloadTracks(run: PipelineRun, download: Download): Promise<DownloadedTrack[]> {
  const monitors = { meter: createProgressMeter(download.plan.tracks), headStart: createHeadStart() };
  const runs = createTrackRuns(run, download, monitors, await mp3Extra(run, download));
  const done = new AbortController();
  const monitoring = monitorDownload(run, download, { ...monitors, done: done.signal });
  const results = await Promise.allSettled(
    download.plan.tracks.map((track) =>
      finishTrack(track, { run, download, runs }).catch((error: unknown) => failAll(run, error)),
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

interface TrackContext {
  readonly run: PipelineRun;
  readonly download: Download;
  readonly runs: TrackRuns;
}

/** @returns null when a track that is not primary failed: the item is made without it. */
async function finishTrack(track: TrackPlan, context: TrackContext): Promise<DownloadedTrack | null> {
  const {
    run,
    download: { item },
  } = context;
  try {
    const result = await bringTrack(track, context);
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

function bringTrack(track: TrackPlan, context: TrackContext): Promise<DownloadedTrack> {
  const { run, download, runs } = context;
  if (download.live)
    return bringLive(track, download.live, runs.conversionOf(track, path.join(run.workDirectory, 'live')));
  if (!download.ownFile) return continueTrack(track, context);
  run.reporter.entered('converting');
  return bringOwnFile(track, download.ownFile, runs.conversionOf(track, path.join(run.workDirectory, 'own-file')));
}

/** Continues with what an earlier run has kept. A source that is another one now begins anew. */
async function continueTrack(track: TrackPlan, { run, download, runs }: TrackContext): Promise<DownloadedTrack> {
  const { downloads, kept: sources } = download;
  const start = async (kept: KeptSource | null): Promise<DownloadedTrack> => {
    const document = await documentOf(track, kept, { run, download });
    return await runTrack(runs.of(track, { document, download: await downloads.take(), kept }));
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
