import { Problem, type SourceFacts } from '@linkcast/contracts';
import { pause } from '@linkcast/kit';
import type { HeadStart } from './head-start.ts';
import { describeItem } from '../item/item-facts.ts';
import type { LiveItem } from '../item/live-item.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { DownloadPlan } from '../plan/download-plan.ts';
import { posterFromRendition } from '../item/poster.ts';
import type { ProgressMeter } from './progress-meter.ts';

const REFRESH_MS = 500;
/** Until playback can start, somebody waits for it. */
const FIRST_REFRESH_MS = 50;
const REPORT_MS = 1000;

/** A download that is under way. */
export interface Download {
  readonly plan: DownloadPlan;
  readonly facts: SourceFacts;
  readonly item: LiveItem;
  /** The source's own picture, when it has come; null when there is none. */
  readonly poster: Promise<string | null>;
}

/** What the tracks and their watcher share. */
export interface Overseen {
  readonly meter: ProgressMeter;
  readonly headStart: HeadStart;
}

/** Until all is done: refreshes the playlists, reports progress, and holds the limits. Never rejects; it fails the run. */
export async function watchDownload(
  run: PipelineRun,
  download: Download,
  { meter, headStart, done }: Overseen & { done: AbortSignal },
): Promise<void> {
  const { item } = download;
  let showing: Promise<void> | undefined;
  let reportAt = Date.now() + REPORT_MS;
  const look = async (): Promise<void> => {
    if (!(await item.refresh())) {
      headStart.balance((track) => item.hasBegun(track));
      return;
    }
    headStart.end();
    showing ??= show(run, download).catch((error: unknown) => run.abort(error));
  };
  try {
    while (!done.aborted && !run.signal.aborted) {
      await look();
      if (Date.now() >= reportAt) {
        await report(run, download, meter);
        reportAt = Date.now() + REPORT_MS;
      }
      await pause(showing ? REFRESH_MS : FIRST_REFRESH_MS, done);
    }
    if (run.signal.aborted) return;
    await look();
    await report(run, download, meter);
  } catch (error) {
    run.abort(error);
  } finally {
    headStart.end();
    await showing;
  }
}

async function show(run: PipelineRun, { plan, item, facts, poster }: Download): Promise<void> {
  const made = { directory: run.mediaDirectory, withMp3: plan.withMp3, isWhole: false };
  run.reporter.playable(await describeItem(item, facts, made));
  if ((await poster) !== null) return;
  const video = item.publishers().find((publisher) => publisher.rendition.kind === 'video');
  if (video) await posterFromRendition(video, run);
}

async function report(run: PipelineRun, { item, plan }: Download, meter: ProgressMeter): Promise<void> {
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
  await run.storage.check();
}
