import type { Progress } from '@linkcast/contracts';
import type { TrackPlan } from '../plan/track-plan.ts';
import type { DownloadProgress } from '../programs/ytdlp-progress.ts';

/** Adds up the tracks of a job, and measures its speed over the last seconds. */
export interface ProgressMeter {
  update(track: TrackPlan, progress: DownloadProgress): void;
  /** @param playableRatio part of the duration that can be played, for sources whose size is unknown. */
  read(playableRatio: number | null): Progress;
  readonly bytes: number;
}

export function createProgressMeter(tracks: readonly TrackPlan[], now: () => number = Date.now): ProgressMeter {
  const latest = new Map<TrackPlan, DownloadProgress>();
  const speedometer = createSpeedometer(now);
  const sum = (): number => [...latest.values()].reduce((total, progress) => total + progress.bytes, 0);

  return {
    get bytes() {
      return sum();
    },
    update(track, progress) {
      latest.set(track, progress);
      speedometer.add(sum());
    },
    read(playableRatio) {
      const bytes = sum();
      const bytesPerSecond = speedometer.bytesPerSecond();
      const total = totalBytes(tracks, latest);
      if (total === null || total < bytes)
        return { ratio: limited(playableRatio), bytes, totalBytes: null, bytesPerSecond, etaSeconds: null };
      const etaSeconds = bytesPerSecond ? (total - bytes) / bytesPerSecond : null;
      return { ratio: total > 0 ? bytes / total : 0, bytes, totalBytes: total, bytesPerSecond, etaSeconds };
    },
  };
}

function limited(ratio: number | null): number | null {
  return ratio === null ? null : Math.min(1, ratio);
}

/** Null when the size of a track is unknown. */
function totalBytes(tracks: readonly TrackPlan[], latest: ReadonlyMap<TrackPlan, DownloadProgress>): number | null {
  let total = 0;
  for (const track of tracks) {
    const progress = latest.get(track);
    const bytes = progress?.totalBytes ?? track.estimatedBytes ?? progress?.estimatedBytes ?? null;
    if (bytes === null) return null;
    total += bytes;
  }
  return total;
}

const SPEED_WINDOW_MS = 8000;
const MIN_SPEED_WINDOW_MS = 500;

function createSpeedometer(now: () => number) {
  const samples: { at: number; bytes: number }[] = [];
  return {
    add(bytes: number): void {
      const at = now();
      samples.push({ at, bytes });
      while (samples.length > 2 && at - (samples[0]?.at ?? at) > SPEED_WINDOW_MS) samples.shift();
    },
    bytesPerSecond(): number | null {
      const [first, last] = [samples[0], samples.at(-1)];
      if (!first || !last || last.at - first.at < MIN_SPEED_WINDOW_MS) return null;
      return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
    },
  };
}
