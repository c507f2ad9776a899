import type { Program } from '@linkcast/kit';
import type { TrackPlan } from '../plan/track-plan.ts';
import type { DownloadProgress } from '../programs/ytdlp-progress.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { ConversionRun, ExtraOutputs, TrackRun } from '../tracks/track-programs.ts';
import type { Download, DownloadMonitors } from './download-monitor.ts';

/** The runs of tracks, connected with the item and the monitors. */
export interface TrackRuns {
  conversionOf(track: TrackPlan, workDirectory: string): ConversionRun & { readonly workDirectory: string };
  of(track: TrackPlan, parts: Pick<TrackRun, 'document' | 'download' | 'kept'>): TrackRun;
}

export function createTrackRuns(
  run: PipelineRun,
  { plan, item }: Download,
  { meter, headStart }: DownloadMonitors,
  extra: ExtraOutputs,
): TrackRuns {
  let missing = plan.tracks.length;
  const onDownloaded = (): void => {
    missing -= 1;
    if (missing === 0) run.reporter.entered('converting');
  };
  const conversionOf: TrackRuns['conversionOf'] = (track, workDirectory) => ({
    ffmpeg: run.ffmpeg,
    plan: track,
    get mediaDirectory() {
      return run.mediaDirectory;
    },
    fileAccess: run.place.access,
    workDirectory,
    maxHeight: run.limits.maxHeight,
    extra,
    stallSeconds: run.stallSeconds,
    signal: run.signal,
    onConverting: (publishers) => item.add(track, publishers),
  });
  return {
    conversionOf,
    of: (track, { document, download, kept }) =>
      Object.assign(conversionOf(track, download.directory), {
        ...{ document, download, kept, onDownloaded },
        onProgress(progress: DownloadProgress) {
          if (progress.fragments !== null) kept?.noteFragments(progress.fragments);
          meter.update(track, behind(progress, kept?.bytes ?? 0));
        },
        onDownloading: (downloader: Program) => headStart.add(track, downloader),
      }),
  };
}

/** The progress of a whole format, whose first bytes are kept. */
function behind(progress: DownloadProgress, kept: number): DownloadProgress {
  const plus = (bytes: number | null): number | null => (bytes === null ? null : bytes + kept);
  const { bytes, totalBytes, estimatedBytes } = progress;
  return { ...progress, bytes: bytes + kept, totalBytes: plus(totalBytes), estimatedBytes: plus(estimatedBytes) };
}
