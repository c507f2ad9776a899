import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { workFolder, type ItemFacts } from '@linkcast/contracts';
import type { Download } from './download/download-monitor.ts';
import { downloadTracks } from './download/download.ts';
import { prepareDownloads, type PreparedDownloads } from './download/prepared-downloads.ts';
import { makeDurable } from './item/durability.ts';
import { chooseDuration } from './item/expected-duration.ts';
import { describeItem } from './item/item-facts.ts';
import { createGrowingItem, longestSeconds } from './item/growing-item.ts';
import { posterFromThumbnail } from './item/poster.ts';
import { verifyItem } from './item/verification.ts';
import { pictureLimit } from './limits/picture-size.ts';
import { planDownload } from './plan/download-plan.ts';
import { limitPictures } from './programs/picture-limited-ffmpeg.ts';
import { findCause } from './run/failure-cause.ts';
import type { PipelineReporter } from './run/pipeline-reporter.ts';
import type { PipelineDeps, PipelineJob, PipelineRun } from './run/pipeline-run.ts';
import { sourceFacts } from './source/source-facts.ts';
import type { SourceInfo } from './source/source-info.ts';
import type { DownloadedTrack } from './tracks/track.ts';

/**
 * Brings a source into the library: resolve, plan, download and convert, verify. Removes all files that it made before it
 * rejects.
 *
 * @returns the facts of the item; null when the reporter answered that the library has the source already.
 * @throws {Problem} the cause of the failure; the reason of the signal; or a bug.
 */
export type RunJobPipeline = (
  job: PipelineJob,
  reporter: PipelineReporter,
  signal: AbortSignal,
) => Promise<ItemFacts | null>;

export function createJobPipeline(deps: PipelineDeps): RunJobPipeline {
  return async (job, reporter, signal) => {
    const run = await createRun(deps, job, reporter, signal);
    try {
      await rm(run.mediaDirectory, { recursive: true, force: true }); // of an attempt that was interrupted
      await mkdir(run.workDirectory, { recursive: true, mode: 0o700 });
      return await withPreparedDownloads(run);
    } catch (error) {
      const cause: unknown = signal.aborted ? signal.reason : await findCause(error, run);
      await rm(run.mediaDirectory, { recursive: true, force: true });
      throw cause;
    } finally {
      await rm(run.workDirectory, { recursive: true, force: true });
    }
  };
}

async function createRun(
  deps: PipelineDeps,
  job: PipelineJob,
  reporter: PipelineReporter,
  callerSignal: AbortSignal,
): Promise<PipelineRun> {
  const abort = new AbortController();
  return {
    ...deps,
    ffmpeg: limitPictures(deps.ffmpeg, pictureLimit(job.limits.maxHeight)),
    job,
    limits: job.limits,
    reporter,
    egress: await deps.openEgress(job.proxyUrl, callerSignal),
    workDirectory: path.join(deps.mediaDir, workFolder(job)),
    mediaDirectory: path.join(deps.mediaDir, job.mediaId),
    signal: AbortSignal.any([callerSignal, abort.signal]),
    abort: (reason) => abort.abort(reason),
  };
}

async function withPreparedDownloads(run: PipelineRun): Promise<ItemFacts | null> {
  await run.storage.check();
  const downloads = await prepareDownloads(run);
  try {
    return await bringIn(run, downloads);
  } finally {
    await downloads.stop();
  }
}

async function bringIn(run: PipelineRun, downloads: PreparedDownloads): Promise<ItemFacts | null> {
  const { job, reporter, workDirectory: directory, signal } = run;
  const { info, documents } = await run.ytDlp.resolve(job.url, { directory, proxyUrl: run.egress.proxyUrl, signal });
  const plan = planDownload(info, job, run.limits);
  const facts = sourceFacts(info, plan.durationSeconds);
  if (!(await reporter.resolved(facts))) return null;

  await run.storage.check(plan.estimatedBytes ?? 0);
  await mkdir(run.mediaDirectory, { recursive: true });
  reporter.entered('downloading');
  const download = startDownload(run, info, { plan, facts, documents, downloads });
  const tracks = await downloadTracks(run, download).finally(() => download.poster);

  reporter.entered('verifying');
  const itemFacts = await completeItem(run, download, tracks);
  signal.throwIfAborted(); // from here on the item belongs to the library
  await reporter.verified(itemFacts);
  return itemFacts;
}

function startDownload(
  run: PipelineRun,
  { thumbnail }: SourceInfo,
  parts: Pick<Download, 'plan' | 'facts' | 'documents' | 'downloads'>,
): Download {
  const poster = posterFromThumbnail(thumbnail, run.egress.fetchBytes, run).catch(() => null); // the item does not need one
  const item = createGrowingItem({ directory: run.mediaDirectory, tracks: parts.plan.tracks });
  return { ...parts, item, poster };
}

/** Verifies the item, writes its final playlists, and makes its files durable. */
async function completeItem(
  run: PipelineRun,
  { plan, facts, item }: Download,
  tracks: readonly DownloadedTrack[],
): Promise<ItemFacts> {
  const { expectedSeconds } = await verifyItem(run, {
    tracks,
    withMp3: plan.withMp3,
    promisedSeconds: plan.durationSeconds,
  });
  await item.complete();
  await makeDurable(run.mediaDirectory);
  const durationSeconds = chooseDuration(expectedSeconds, longestSeconds(item.publishers()));
  const files = { directory: run.mediaDirectory, withMp3: plan.withMp3, isWhole: true };
  return describeItem(item, { ...facts, durationSeconds }, files);
}
