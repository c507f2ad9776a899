import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isProblem, Problem, workFolder, type ItemFacts, type SourceFacts } from '@linkcast/contracts';
import { syncPath } from '@linkcast/kit';
import { DOCUMENT_FILE } from './source/download-document.ts';
import { downloadTracks } from './download/download.ts';
import { describeItem } from './item/item-facts.ts';
import { limitPictures } from './programs/limited-ffmpeg.ts';
import { createLiveItem, longestSeconds } from './item/live-item.ts';
import type { PipelineDeps, PipelineJob, PipelineReporter, PipelineRun } from './run/pipeline-run.ts';
import { pictureLimit } from './limits/picture-size.ts';
import { planDownload, type DownloadPlan } from './plan/download-plan.ts';
import { posterFromThumbnail } from './item/poster.ts';
import { sourceTitle, sourceUploader, type ResolvedSource, type SourceInfo } from './source/source-info.ts';
import { settleSeconds, verifyItem } from './item/verification.ts';

/**
 * Brings a source into the library: resolve, plan, tracks, verify. Gives what the library should know, or null when the
 * reporter said that it is there already. Rejects with a Problem (or a bug), and has then removed all it made.
 */
export type RunPipeline = (
  job: PipelineJob,
  reporter: PipelineReporter,
  signal: AbortSignal,
) => Promise<ItemFacts | null>;

export function createPipeline(deps: PipelineDeps): RunPipeline {
  return async (job, reporter, signal) => {
    const run = await createRun(deps, job, reporter, signal);
    try {
      await rm(run.mediaDirectory, { recursive: true, force: true }); // of an attempt that was interrupted
      await mkdir(run.workDirectory, { recursive: true, mode: 0o700 });
      return await bringIn(run);
    } catch (error) {
      const explained: unknown = signal.aborted ? signal.reason : await explain(error, run);
      await rm(run.mediaDirectory, { recursive: true, force: true });
      throw explained;
    } finally {
      await rm(run.workDirectory, { recursive: true, force: true });
    }
  };
}

async function createRun(
  deps: PipelineDeps,
  job: PipelineJob,
  reporter: PipelineReporter,
  outside: AbortSignal,
): Promise<PipelineRun> {
  const abort = new AbortController();
  return {
    ...deps,
    ffmpeg: limitPictures(deps.ffmpeg, pictureLimit(job.limits.maxHeight)),
    job,
    limits: job.limits,
    reporter,
    egress: await deps.openEgress(job.proxyUrl, outside),
    workDirectory: path.join(deps.mediaDir, workFolder(job)),
    mediaDirectory: path.join(deps.mediaDir, job.mediaId),
    signal: AbortSignal.any([outside, abort.signal]),
    abort: (reason) => abort.abort(reason),
  };
}

async function bringIn(run: PipelineRun): Promise<ItemFacts | null> {
  const { job, reporter, egress, workDirectory, mediaDirectory, signal } = run;
  await run.storage.check();
  const { info, documents } = await run.ytDlp.resolve(job.url, {
    directory: workDirectory,
    proxyUrl: egress.proxyUrl,
    signal,
  });
  const plan = planDownload(info, job, run.limits);
  const facts = sourceFacts(info, plan);
  if (!(await reporter.resolved(facts))) return null;

  await run.storage.check(plan.estimatedBytes ?? 0);
  await mkdir(mediaDirectory, { recursive: true });
  await writeDocuments(plan, documents, workDirectory);
  reporter.entered('downloading');
  const poster = posterFromThumbnail(info.thumbnail, egress.fetchBytes, run).catch(() => null); // it can do without
  const item = createLiveItem({ directory: mediaDirectory, tracks: plan.tracks });
  const tracks = await downloadTracks(run, { plan, facts, item, poster }).finally(() => poster);

  reporter.entered('verifying');
  const { expectedSeconds } = await verifyItem(run, {
    tracks,
    withMp3: plan.withMp3,
    promisedSeconds: plan.durationSeconds,
  });
  await item.complete();
  await makeDurable(mediaDirectory);
  const durationSeconds = settleSeconds(expectedSeconds, longestSeconds(item.publishers()));
  const made = { directory: mediaDirectory, withMp3: plan.withMp3, isWhole: true };
  const itemFacts = await describeItem(item, { ...facts, durationSeconds }, made);
  signal.throwIfAborted(); // the last moment to change one's mind
  await reporter.verified(itemFacts);
  return itemFacts;
}

/** Each track gets its document in a directory of its own; the others are forgotten. */
async function writeDocuments(
  { tracks }: DownloadPlan,
  documents: ResolvedSource['documents'],
  workDirectory: string,
): Promise<void> {
  for (const { name, formatId } of tracks) {
    const document = documents.get(formatId);
    if (document === undefined) throw new Error(`the plan has a format that was not offered: ${formatId}`);
    const directory = path.join(workDirectory, name);
    await mkdir(directory, { recursive: true });
    await writeFile(path.join(directory, DOCUMENT_FILE), document, { mode: 0o600 });
  }
}

async function makeDurable(directory: string): Promise<void> {
  const files = await readdir(directory);
  await Promise.all(files.map((file) => syncPath(path.join(directory, file))));
  await syncPath(directory);
  await syncPath(path.dirname(directory));
}

/** They call a source by the last part of its path, which many share: such an id identifies nothing. */
const ANONYMOUS_EXTRACTORS = new Set(['Generic', 'HTML5MediaEmbed']);

function sourceFacts(info: SourceInfo, plan: DownloadPlan): SourceFacts {
  return {
    title: sourceTitle(info),
    uploader: sourceUploader(info),
    extractor: info.extractor_key ?? null,
    sourceId: ANONYMOUS_EXTRACTORS.has(info.extractor_key ?? 'Generic') ? null : info.id,
    durationSeconds: plan.durationSeconds,
  };
}

/** A refused address, too many bytes, or a full disk is the real reason, whatever the programs made of it. */
async function explain(error: unknown, { egress, storage, limits }: PipelineRun): Promise<unknown> {
  if (await storage.isExhausted()) return new Problem('storage-full', {}, { cause: error });
  const usage = await egress.usage();
  if (!usage || !isProblem(error)) return error;
  const { refusedHost: host, isOverLimit } = usage;
  if (isOverLimit)
    return new Problem('too-large', { limit: { kind: 'size', bytes: limits.maxBytes } }, { cause: error });
  return host === null ? error : new Problem('source-forbidden', { host }, { cause: error });
}
