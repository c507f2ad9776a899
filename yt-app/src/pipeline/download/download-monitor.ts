import { Problem, type Mark, type SourceFacts } from '@linkcast/contracts';
import { elapsedMs, pause } from '@linkcast/kit';
import { describeItem } from '../item/item-facts.ts';
import type { GrowingItem } from '../item/growing-item.ts';
import type { LiveRun } from '../live/live-run.ts';
import { posterFromRendition } from '../item/poster.ts';
import type { DownloadPlan } from '../plan/download-plan.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { ResolvedSource } from '../source/source-info.ts';
import type { HeadStart } from './head-start.ts';
import type { KeptSources } from './kept-sources.ts';
import type { OwnFile } from './own-file.ts';
import type { PreparedDownloads } from './prepared-downloads.ts';
import type { ProgressMeter } from './progress-meter.ts';

const REFRESH_MS = 1000;
/** Used until playback can start, because people wait for it. */
const FIRST_REFRESH_MS = 50;
const REPORT_MS = 2000;
/** Of a recording: it is the delay that the playlists add. */
const LIVE_REFRESH_MS = 250;
/** With less room, the space of the kept sources is needed more than they are. */
const LEAST_ROOM_BYTES = 2e9;

/** A download in progress, or the conversion of an own file. */
export interface Download {
  readonly plan: DownloadPlan;
  readonly facts: SourceFacts;
  /** The file that is converted instead of a download; null: the formats are downloaded. */
  readonly ownFile: OwnFile | null;
  /** The download document of each format, by the format's id. */
  readonly documents: ResolvedSource['documents'];
  readonly downloads: PreparedDownloads;
  readonly kept: KeptSources;
  readonly item: GrowingItem;
  /** The recording of a live source; null: the source has an end. */
  readonly live: LiveRun | null;
  /** The path of the poster that was made of the source's thumbnail; null when there is none. */
  readonly poster: Promise<string | null>;
  /** The marks of the source. Never rejects. */
  readonly marks: Promise<Mark[]>;
}

/** State that the tracks update and the monitor reads. */
export interface DownloadMonitors {
  readonly meter: ProgressMeter;
  readonly headStart: HeadStart;
}

/**
 * Refreshes the playlists, reports progress and enforces the limits until `done` is aborted. Never rejects: a failure
 * aborts the run.
 */
export async function monitorDownload(
  run: PipelineRun,
  download: Download,
  { meter, headStart, done }: DownloadMonitors & { done: AbortSignal },
): Promise<void> {
  const { item } = download;
  let announcement: Promise<void> | undefined;
  let reportAt = elapsedMs() + REPORT_MS;
  const refresh = async (): Promise<void> => {
    if (!(await item.refresh())) {
      headStart.balance((track) => item.hasBegun(track));
      return;
    }
    headStart.end();
    if (!(await isPublished(run, download))) return;
    announcement ??= announcePlayable(run, download).catch((error: unknown) => run.abort(error));
  };
  try {
    while (!done.aborted && !run.signal.aborted) {
      await refresh();
      if (elapsedMs() >= reportAt) {
        await report(run, download, meter);
        reportAt = elapsedMs() + REPORT_MS;
      }
      await pause(announcement ? (download.live ? LIVE_REFRESH_MS : REFRESH_MS) : FIRST_REFRESH_MS, done);
    }
    if (run.signal.aborted) return;
    await refresh();
    await report(run, download, meter);
  } catch (error) {
    run.abort(error);
  } finally {
    headStart.end();
    await announcement;
  }
}

/** Publishes an item that replaces an earlier one as soon as it lists as much. */
async function isPublished({ place }: PipelineRun, { item, poster }: Download): Promise<boolean> {
  if (place.isPublished) return true;
  if (!item.haveAllBegun() || !(await place.coversEarlier())) return false;
  await poster; // it is written by its path
  await place.publish();
  return true;
}

/** Reports that playback can start; makes a poster of the first segment when the source has no thumbnail. */
async function announcePlayable(run: PipelineRun, { plan, item, facts, poster }: Download): Promise<void> {
  const files = { directory: run.mediaDirectory, withMp3: plan.withMp3, isWhole: false };
  run.reporter.playable(await describeItem(item, facts, files));
  if ((await poster) !== null) return;
  const video = item.publishers().find((publisher) => publisher.rendition.kind === 'video');
  if (video) await posterFromRendition(video, run);
}

/** @throws {Problem} too-large, too-long, storage-full. */
async function report(run: PipelineRun, download: Download, meter: ProgressMeter): Promise<void> {
  if (download.live) return reportLive(run, download.item, download.live);
  const { item, plan, kept } = download;
  const seconds = item.playableSeconds();
  run.reporter.progressed(
    meter.read(plan.durationSeconds === null ? null : Math.min(1, seconds / plan.durationSeconds)),
  );
  const { maxBytes, maxDurationSeconds } = run.limits;
  const usage = await run.egress.usage();
  if (Math.max(meter.bytes, usage?.bytes ?? 0) > maxBytes)
    throw new Problem('too-large', { limit: { kind: 'size', bytes: maxBytes } });
  if (seconds > maxDurationSeconds)
    throw new Problem('too-long', { limit: { kind: 'duration', seconds: maxDurationSeconds } });
  if ((await run.storage.roomBytes()) < LEAST_ROOM_BYTES) await kept.drop();
  await run.storage.check();
}

/** The space that the end of a recording needs: its last segments, in two files. */
const LIVE_RESERVE_BYTES = 100e6;
/** The part of MAX_SIZE at which a recording ends: at the whole of it, the egress proxy refuses everything. */
const LIVE_PART = 0.98;

/** Reports the progress of a recording. At a limit it ends, and what was recorded is kept. */
async function reportLive(run: PipelineRun, item: GrowingItem, live: LiveRun): Promise<void> {
  const { maxBytes, maxLiveSeconds } = run.limits;
  const { bytes } = live.file;
  run.reporter.progressed({ ratio: null, bytes, totalBytes: null, bytesPerSecond: null, etaSeconds: null });
  const usage = await run.egress.usage();
  const isTooLarge = Math.max(bytes, usage?.bytes ?? 0) > maxBytes * LIVE_PART;
  const isFull = await run.storage.check(LIVE_RESERVE_BYTES).then(
    () => false,
    () => true,
  );
  if (isTooLarge || isFull || item.playableSeconds() >= maxLiveSeconds) live.limit();
}
