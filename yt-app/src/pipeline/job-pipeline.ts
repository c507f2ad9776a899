import { rm, stat } from 'node:fs/promises';
import { isProblem, keepsRecording, ownFileId, Problem, type ItemFacts, type WorkItem } from '@linkcast/contracts';
import { openItemSound } from './download/item-sound.ts';
import { openOwnFile } from './download/own-file.ts';
import { NO_DOWNLOADS } from './download/prepared-downloads.ts';
import { reachSource } from './download/reached-source.ts';
import { makeItem, type PlannedSource } from './item-maker.ts';
import { readStoredItem, requireSameLength, type StoredItem } from './item/stored-item.ts';
import { beginRecording, continueRecording, type LiveItem } from './live/live-item.ts';
import { readSavedRecording } from './live/saved-recording.ts';
import { planUpdate } from './plan/update-plan.ts';
import { planDownload } from './plan/download-plan.ts';
import { ownProblemOfError } from './programs/own-failure.ts';
import { findCause } from './run/failure-cause.ts';
import { requireMediaVolume, untilMediaVolumeReturns } from './run/media-volume.ts';
import { createRun } from './run/new-run.ts';
import type { PipelineReporter } from './run/pipeline-reporter.ts';
import type { PipelineDeps, PipelineJob, PipelineRun } from './run/pipeline-run.ts';
import { RunStopped } from './run/run-stopped.ts';
import { KEPT_FOLDER, takeWorkFolder } from './run/work-folder.ts';
import { sourceFacts } from './source/source-facts.ts';
import { isLive, type SourceInfo } from './source/source-info.ts';

/**
 * Brings a source into the library: resolve, plan, download and convert, verify. Removes all files that it made before it
 * rejects, unless another run continues the job.
 *
 * @param enough aborted when a person wants no more of a live source: what was recorded becomes the item. Default: never.
 * @returns the facts of the item; null when the reporter answered that the library has the source already.
 * @throws {Problem} the cause of the failure; the reason of the signal; or a bug.
 */
export type RunJobPipeline = (
  job: PipelineJob,
  reporter: PipelineReporter,
  signal: AbortSignal,
  enough?: AbortSignal,
) => Promise<ItemFacts | null>;

export function createJobPipeline(deps: PipelineDeps): RunJobPipeline {
  return async (job, reporter, signal, enough = new AbortController().signal) => {
    const run = await createRun(deps, job, reporter, { signal, enough });
    await requireMediaVolume(run.mediaDir);
    if (!job.isPlayable) await requireAbsent(run.mediaDirectory);
    let isContinued = false;
    try {
      await takeWorkFolder(run.mediaDir, job, [KEPT_FOLDER]);
      return await bringIn(run);
    } catch (error) {
      const cause: unknown = signal.aborted ? signal.reason : await findCause(error, run);
      if (isProblem(cause) && cause.code === 'media-missing') await untilMediaVolumeReturns(run.mediaDir, signal);
      isContinued = cause instanceof RunStopped ? cause.isContinued : await isRecordingKept(run, cause);
      if (!isContinued) await rm(run.place.library, { recursive: true, force: true });
      throw cause;
    } finally {
      if (!isContinued) await rm(run.workDirectory, { recursive: true, force: true });
    }
  };
}

/** A recording cannot be downloaded again: what was recorded stays when this machine has interrupted it. */
async function isRecordingKept(run: PipelineRun, cause: unknown): Promise<boolean> {
  const code = isProblem(cause) ? cause.code : 'internal';
  return keepsRecording(code) && (await readSavedRecording(run)) !== undefined;
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
  if (run.job.item !== undefined) return startWithItem(run, run.job.item);
  const id = ownFileId(run.job.url);
  if (id !== undefined) {
    const ownFile = await openOwnFile(run, id);
    return makeItem(run, planned(run, ownFile.info), { ...NO_DOWNLOAD, ownFile });
  }
  const recording = await continueRecording(run);
  return recording ? makeLiveItem(run, recording) : withPreparedDownloads(run);
}

/** Makes audio of the files of an item, or adds a picture to them. @throws {Problem} item-unavailable; source-not-better; source-changed. */
async function startWithItem(run: PipelineRun, item: WorkItem | null): Promise<ItemFacts | null> {
  if (!item) throw new Problem('item-unavailable');
  if (run.job.type === 'video') return withPreparedDownloads(run, await readStoredItem(run, item));
  const ownFile = await openItemSound(run, item);
  const from = { item, renditions: [], poster: [] };
  return makeItem(run, { ...planned(run, ownFile.info), from }, { ...NO_DOWNLOAD, ownFile });
}

/** @param from the item that gets what it does not have; undefined: all is downloaded. */
async function withPreparedDownloads(run: PipelineRun, from?: StoredItem): Promise<ItemFacts | null> {
  const { downloads, ...resolved } = await reachSource(run);
  const { info, documents } = resolved;
  try {
    const source = { documents, ownFile: null, downloads };
    if (from) return await makeItem(run, plannedUpdate(run, info, from), source);
    if (!isLive(info)) return await makeItem(run, planned(run, info), source);
    await downloads.stop();
    return await makeLiveItem(run, await beginRecording(run, resolved));
  } finally {
    await downloads.stop();
  }
}

async function makeLiveItem(run: PipelineRun, { live, ...recording }: LiveItem): Promise<ItemFacts | null> {
  try {
    return await makeItem(run, recording, NO_DOWNLOAD, live);
  } finally {
    await live.close();
  }
}

/** The parts of a download that an own file, and a recording, have none of. */
const NO_DOWNLOAD = { ownFile: null, documents: new Map<string, string>(), downloads: NO_DOWNLOADS } as const;

/** @throws {Problem} as {@link planDownload}. */
function planned({ job, limits }: PipelineRun, info: SourceInfo): PlannedSource {
  const plan = planDownload(info, job, limits);
  return { plan, facts: sourceFacts(info, plan.durationSeconds), thumbnail: info.thumbnail ?? null };
}

/** @throws {Problem} source-changed; and as {@link planUpdate}. */
function plannedUpdate(run: PipelineRun, info: SourceInfo, from: StoredItem): PlannedSource {
  const { item } = from;
  const all = planned(run, info);
  if (all.plan.isLive) throw new Problem('source-changed');
  requireSameLength(item, all.plan.durationSeconds);
  const whole = from.renditions.map(({ rendition }) => rendition);
  const lost = item.renditions.filter((rendition) => !whole.includes(rendition));
  return { ...all, plan: planUpdate(all.plan, { whole, lost }, run.job.quality), from };
}
