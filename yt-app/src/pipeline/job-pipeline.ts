import { rm, stat } from 'node:fs/promises';
import { isProblem, ownFileId, type ItemFacts } from '@linkcast/contracts';
import type { Download } from './download/download-monitor.ts';
import { downloadTracks } from './download/download.ts';
import { createKeptSources, KEPT_FOLDER } from './download/kept-sources.ts';
import { openOwnFile } from './download/own-file.ts';
import { NO_DOWNLOADS } from './download/prepared-downloads.ts';
import { reachSource } from './download/reached-source.ts';
import { makeDurable } from './item/durability.ts';
import { chooseDuration } from './item/expected-duration.ts';
import { itemChecksums } from './item/item-checksums.ts';
import { describeItem } from './item/item-facts.ts';
import { createGrowingItem, longestSeconds } from './item/growing-item.ts';
import { posterFromThumbnail } from './item/poster.ts';
import { verifyItem } from './item/verification.ts';
import { describePlan, estimateOf, planDownload } from './plan/download-plan.ts';
import { ownProblemOfError } from './programs/own-failure.ts';
import { findCause } from './run/failure-cause.ts';
import { requireMediaVolume, untilMediaVolumeReturns } from './run/media-volume.ts';
import { createRun } from './run/new-run.ts';
import type { PipelineReporter } from './run/pipeline-reporter.ts';
import type { PipelineDeps, PipelineJob, PipelineRun } from './run/pipeline-run.ts';
import { RunStopped } from './run/run-stopped.ts';
import { takeWorkFolder } from './run/work-folder.ts';
import { sourceFacts } from './source/source-facts.ts';
import type { SourceInfo } from './source/source-info.ts';
import type { DownloadedTrack } from './tracks/track.ts';

/**
 * Brings a source into the library: resolve, plan, download and convert, verify. Removes all files that it made before it
 * rejects, unless another run continues the job.
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
    await requireMediaVolume(run.mediaDir);
    if (!job.isPlayable) await requireAbsent(run.mediaDirectory);
    let isContinued = false;
    try {
      await takeWorkFolder(run.mediaDir, job, [KEPT_FOLDER]);
      return await bringIn(run);
    } catch (error) {
      const cause: unknown = signal.aborted ? signal.reason : await findCause(error, run);
      if (isProblem(cause) && cause.code === 'media-missing') await untilMediaVolumeReturns(run.mediaDir, signal);
      isContinued = cause instanceof RunStopped && cause.isContinued;
      if (!isContinued) await rm(run.place.library, { recursive: true, force: true });
      throw cause;
    } finally {
      if (!isContinued) await rm(run.workDirectory, { recursive: true, force: true });
    }
  };
}

/** The directory of a new item. One that exists is of another item, whose files must not be replaced. */
async function requireAbsent(directory: string): Promise<void> {
  try {
    await stat(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return; // fs throws these
    throw ownProblemOfError(error) ?? error;
  }
  throw new Error('the directory of the item exists already');
}

async function bringIn(run: PipelineRun): Promise<ItemFacts | null> {
  await run.storage.check();
  const id = ownFileId(run.job.url);
  if (id === undefined) return withPreparedDownloads(run);
  const ownFile = await openOwnFile(run, id);
  return makeItem(run, { info: ownFile.info, ownFile, documents: new Map(), downloads: NO_DOWNLOADS });
}

async function withPreparedDownloads(run: PipelineRun): Promise<ItemFacts | null> {
  const reached = await reachSource(run);
  try {
    return await makeItem(run, { ...reached, ownFile: null });
  } finally {
    await reached.downloads.stop();
  }
}

type Source = Pick<Download, 'ownFile' | 'documents' | 'downloads'> & { readonly info: SourceInfo };

async function makeItem(run: PipelineRun, { info, ...source }: Source): Promise<ItemFacts | null> {
  const { job, reporter, signal } = run;
  const plan = planDownload(info, job, run.limits);
  const facts = sourceFacts(info, plan.durationSeconds);
  if (!(await reporter.resolved(facts, estimateOf(plan)))) return null;

  run.logger.info(describePlan(plan), 'download planned');
  await run.storage.check(estimateOf(plan) ?? 0);
  await requireMediaVolume(run.mediaDir);
  await run.place.prepare();
  reporter.entered('downloading');
  const download = startDownload(run, info, { ...source, plan, facts });
  const tracks = await downloadTracks(run, download).finally(() => download.poster);

  reporter.entered('verifying');
  const itemFacts = await completeItem(run, download, tracks);
  run.logger.info({ durationSeconds: itemFacts.durationSeconds, damage: itemFacts.damage }, 'item verified');
  await requireMediaVolume(run.mediaDir);
  signal.throwIfAborted(); // from here on the item belongs to the library
  await reporter.verified(itemFacts);
  return itemFacts;
}

function startDownload(
  run: PipelineRun,
  { thumbnail }: SourceInfo,
  parts: Pick<Download, 'plan' | 'facts' | 'ownFile' | 'documents' | 'downloads'>,
): Download {
  const poster = posterFromThumbnail(thumbnail, run.egress.fetchBytes, run).catch(() => null); // the item does not need one
  const item = createGrowingItem({ run, tracks: parts.plan.tracks });
  return { ...parts, kept: createKeptSources(run.workDirectory), item, poster };
}

/** Verifies the item, writes its final playlists, and makes its files durable. */
async function completeItem(
  run: PipelineRun,
  { plan, facts, item }: Download,
  tracks: readonly DownloadedTrack[],
): Promise<ItemFacts> {
  const { expectedSeconds, damage, digests } = await verifyItem(run, {
    tracks,
    withMp3: plan.withMp3,
    promisedSeconds: plan.durationSeconds,
  });
  await item.complete();
  if (!run.place.isPublished) await run.place.publish();
  await run.place.removeLeftovers();
  await makeDurable(run.mediaDirectory);
  const durationSeconds = chooseDuration(expectedSeconds, longestSeconds(item.publishers()));
  const files = { directory: run.mediaDirectory, withMp3: plan.withMp3, isWhole: true };
  const described = await describeItem(item, { ...facts, durationSeconds }, files);
  return { ...described, damage, files: await itemChecksums(run.mediaDirectory, digests, run.signal) };
}
