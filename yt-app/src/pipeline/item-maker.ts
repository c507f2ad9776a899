import type { ItemFacts } from '@linkcast/contracts';
import type { Download } from './download/download-monitor.ts';
import { downloadTracks } from './download/download.ts';
import { createKeptSources } from './download/kept-sources.ts';
import { makeDurable } from './item/durability.ts';
import { chooseDuration } from './item/expected-duration.ts';
import { createGrowingItem, longestSeconds } from './item/growing-item.ts';
import { itemChecksums } from './item/item-checksums.ts';
import { describeItem } from './item/item-facts.ts';
import { posterFromThumbnail } from './item/poster.ts';
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
export type PlannedSource = Pick<Download, 'plan' | 'facts'> & { readonly thumbnail: string | null };

/** Downloads or records a source, verifies the item and hands it over. @returns null when the reporter does not want it. */
export async function makeItem(
  run: PipelineRun,
  { thumbnail, ...planned }: PlannedSource,
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
  const download = startDownload(run, thumbnail, { ...source, ...planned, live });
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
  thumbnail: string | null,
  parts: Pick<Download, 'plan' | 'facts' | 'ownFile' | 'documents' | 'downloads' | 'live'>,
): Download {
  const poster = posterFromThumbnail(thumbnail, run.egress.fetchBytes, run).catch(() => null); // the item does not need one
  const marks = parts.live || parts.ownFile ? Promise.resolve([]) : readMarks(run, parts.facts);
  const item = createGrowingItem({ run, tracks: parts.plan.tracks, isLive: parts.live !== null });
  return { ...parts, kept: createKeptSources(run.workDirectory), item, poster, marks };
}

/** Verifies the item, writes its final playlists, and makes its files durable. */
async function completeItem(
  run: PipelineRun,
  { plan, facts, item, live, marks }: Download,
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
  const checksums = await itemChecksums(run.mediaDirectory, digests, run.signal);
  const verified = { ...described, damage, files: checksums, marks: await marks };
  return live ? recordedFacts(verified, live) : verified;
}
