import type { TrackPlan } from '../plan/track-plan.ts';
import { runInspectedTrack } from './inspected-track.ts';
import { runPipedTrack } from './piped-track.ts';
import { runKeptTrack } from './streamed-track.ts';
import type { TrackResult, TrackRun } from './track-programs.ts';

/** A track that has been downloaded and converted. */
export interface DownloadedTrack extends TrackResult {
  readonly plan: TrackPlan;
}

/**
 * Brings one format into the library: the output of yt-dlp goes into ffmpeg, which writes the renditions.
 *
 * @throws {SourceChanged} before anything was made, when the source does not continue what was kept.
 * @throws {Problem} the cause of a failed download or conversion; or the reason of the signal.
 */
export async function runTrack(run: TrackRun): Promise<DownloadedTrack> {
  const result = await runAsPlanned(run);
  return { ...result, plan: run.plan };
}

function runAsPlanned(run: TrackRun): Promise<TrackResult> {
  if (run.plan.delivery === 'inspected') return runInspectedTrack(run);
  return run.kept?.rest ? runKeptTrack(run) : runPipedTrack(run);
}
