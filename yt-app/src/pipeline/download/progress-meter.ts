import type { Progress } from '@linkcast/contracts';
import type { TrackPlan } from '../plan/download-plan.ts';
import type { DownloadProgress } from '../programs/ytdlp-progress.ts';

/** Adds up the tracks of a job, and measures its speed over the last seconds. */
export interface ProgressMeter {
  update(track: TrackPlan, progress: DownloadProgress): void;
  /** @param playedRatio part of the duration that has arrived, for sources that tell no size. */
  read(playedRatio: number | null): Progress;
  readonly bytes: number;
}

const SPEED_WINDOW_MS = 8000;

export function createProgressMeter(tracks: readonly TrackPlan[], now: () => number = Date.now): ProgressMeter {
  const latest = new Map<TrackPlan, DownloadProgress>();
  const samples: { at: number; bytes: number }[] = [];

  const sum = (): number => [...latest.values()].reduce((total, progress) => total + progress.bytes, 0);
  const totalBytes = (): number | null => {
    let total = 0;
    for (const track of tracks) {
      const progress = latest.get(track);
      const bytes = progress?.totalBytes ?? track.estimatedBytes ?? progress?.estimatedBytes ?? null;
      if (bytes === null) return null;
      total += bytes;
    }
    return total;
  };
  const speed = (): number | null => {
    const [first, last] = [samples[0], samples.at(-1)];
    if (!first || !last || last.at - first.at < 500) return null;
    return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  };

  return {
    get bytes() {
      return sum();
    },
    update(track, progress) {
      latest.set(track, progress);
      const at = now();
      samples.push({ at, bytes: sum() });
      while (samples.length > 2 && at - (samples[0]?.at ?? at) > SPEED_WINDOW_MS) samples.shift();
    },
    read(playedRatio) {
      const bytes = sum();
      const total = totalBytes();
      const bytesPerSecond = speed();
      const isPlausible = total !== null && total >= bytes;
      const ratio = isPlausible ? (total > 0 ? bytes / total : 0) : playedRatio;
      return {
        ratio: ratio === null ? null : Math.min(1, ratio),
        bytes,
        totalBytes: isPlausible ? total : null,
        bytesPerSecond,
        etaSeconds: isPlausible && bytesPerSecond ? Math.max(0, total - bytes) / bytesPerSecond : null,
      };
    },
  };
}
