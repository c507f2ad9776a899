import type { ItemFacts, Mark } from '@linkcast/contracts';
import type { Download } from './download/download-monitor.ts';
import { downloadTracks } from './download/download.ts';
import { createKeptSources } from './download/kept-sources.ts';
import { makeDurable } from './item/durability.ts';
import { chooseDuration } from './item/expected-duration.ts';
import { createGrowingItem, longestSeconds } from './item/growing-item.ts';
import { itemChecksums } from './item/item-checksums.ts';
import { describeItem } from './item/item-facts.ts';
import { posterFromItem, posterFromThumbnail } from './item/poster.ts';
import { requireSameLength, withStored, type StoredItem } from './item/stored-item.ts';
import { verifyItem } from './item/verification.ts';
import { recordedFacts } from './live/live-item.ts';
import type { LiveRun } from './live/live-run.ts';
import { readMarks } from './marks/source-marks.ts';
import { describePlan, estimateOf } from './plan/download-plan.ts';
import { requireMediaVolume } from './run/media-volume.ts';
import type { PipelineRun } from './run/pipeline-run.ts';
import type { DownloadedTrack } from './tracks/track.ts';

/** The origin of the bytes of the tracks. */
type Source = Pick<Download, 'ownFile' | 'documents' | 'downloads'>;
/** A source whose tracks are chosen. */
export type PlannedSource = Pick<Download, 'plan' | 'facts'> & {
  readonly thumbnail: string | null;
  /** The item of the library whose files the job starts with. */
  readonly from?: StoredItem | undefined;
};

/** Downloads or records a source, verifies the item and hands it over. @returns null when the reporter does not want it. */
export async function makeItem(
  run: PipelineRun,
  { thumbnail, from, ...planned }: PlannedSource,
  source: Source,
  live: LiveRun | null = null,
): Promise<ItemFacts | null> {
  const { reporter, signal } = run;
  const { plan } = planned;
  if (!(await reporter.resolved(planned.facts, estimateOf(plan)))) return null;

  run.logger.info(describePlan(plan), 'download planned');
  await run.storage.check(estimateOf(plan) ?? 0);
  await requireMediaVolume(run.mediaDir);
  await run.place.prepare();
  reporter.entered('downloading');
  const download = startDownload(run, { thumbnail, from }, { ...source, ...planned, live });
  const tracks = await downloadTracks(run, download).finally(() => download.poster);

  reporter.entered('verifying');
  const itemFacts = await completeItem(run, { ...download, from }, tracks);
  run.logger.info({ durationSeconds: itemFacts.durationSeconds, damage: itemFacts.damage }, 'item verified');
  await requireMediaVolume(run.mediaDir);
  signal.throwIfAborted(); // from here on the item belongs to the library
  await reporter.verified(itemFacts);
  return itemFacts;
}

type Parts = Pick<Download, 'plan' | 'facts' | 'ownFile' | 'documents' | 'downloads' | 'live'>;
type Origin = Pick<PlannedSource, 'thumbnail' | 'from'>;

function startDownload(run: PipelineRun, origin: Origin, parts: Parts): Download {
  const poster = posterOf(run, origin, parts).catch(() => null); // the item does not need one
  const stored = (origin.from?.renditions ?? []).map(({ master }) => master);
  const item = createGrowingItem({ run, tracks: parts.plan.tracks, isLive: parts.live !== null, stored });
  return { ...parts, kept: createKeptSources(run.workDirectory), item, poster, marks: marksOf(run, origin, parts) };
}

function posterOf(run: PipelineRun, { thumbnail, from }: Origin, { ownFile }: Parts): Promise<string | null> {
  if (!from) return posterFromThumbnail(thumbnail, run.egress.fetchBytes, run);
  if (!ownFile) return Promise.resolve(run.place.library); // the item has its own
  return from.item.hasPoster ? posterFromItem(run.mediaDir, from.item.id, run) : Promise.resolve(null);
}

function marksOf(run: PipelineRun, { from }: Origin, { live, ownFile, facts }: Parts): Promise<Mark[]> {
  if (from && from.item.marks.length > 0) return Promise.resolve(from.item.marks);
  return live || ownFile ? Promise.resolve([]) : readMarks(run, facts);
}

/** Verifies the item, writes its final playlists, and makes its files durable. */
async function completeItem(
  run: PipelineRun,
  { plan, facts, item, live, marks, from }: Download & Pick<PlannedSource, 'from'>,
  tracks: readonly DownloadedTrack[],
): Promise<ItemFacts> {
  const { expectedSeconds, damage, digests } = await verifyItem(run, {
    tracks,
    withMp3: plan.withMp3,
    promisedSeconds: plan.durationSeconds,
  });
  if (from && !plan.withMp3) requireSameLength(from.item, longestSeconds(item.publishers()));
  await item.complete();
  if (!run.place.isPublished) await run.place.publish();
  await run.place.removeLeftovers();
  await makeDurable(run.mediaDirectory);
  const durationSeconds = chooseDuration(expectedSeconds, longestSeconds(item.publishers()));
  const files = { directory: run.mediaDirectory, withMp3: plan.withMp3, isWhole: true };
  const described = await describeItem(item, { ...facts, durationSeconds }, files);
  const checksums = await itemChecksums(run.mediaDirectory, digests, run.signal);
  const verified = { ...described, damage, files: checksums, marks: await marks };
  if (live) return recordedFacts(verified, live);
  return from && !plan.withMp3 ? withStored(verified, from) : verified;
}
