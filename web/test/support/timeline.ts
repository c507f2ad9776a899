import type { Page } from 'playwright-core';

/** A sample of a media element's state. Times are in seconds. */
interface Sample {
  readonly wallSeconds: number;
  readonly current: number;
  /** Null while it is unknown. */
  readonly duration: number | null;
  readonly buffered: readonly (readonly [number, number])[];
  readonly isSeeking: boolean;
}

/** Tolerance for the rounding of timestamps, in seconds; a frame lasts 0.04 s. */
const ROUNDING_SECONDS = 0.15;
/** Tolerance for a busy machine, in seconds: playback may catch up after a delayed frame. */
const CATCH_UP_SECONDS = 0.7;
const INTERVAL_MS = 50;

/** Samples the media element of a page every 50 ms. */
export async function sampleTimeline(page: Page, seconds: number): Promise<readonly Sample[]> {
  return page.evaluate(
    async ([watchMs, everyMs]) => {
      const element = document.querySelector('video');
      if (!element) throw new Error('no player');
      const samples = [];
      for (let waited = 0; waited <= watchMs; waited += everyMs) {
        const { buffered, duration } = element;
        samples.push({
          wallSeconds: performance.now() / 1000,
          current: element.currentTime,
          duration: Number.isNaN(duration) ? null : duration,
          buffered: Array.from({ length: buffered.length }, (_, index): [number, number] => [
            buffered.start(index),
            buffered.end(index),
          ]),
          isSeeking: element.seeking,
        });
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
      return samples;
    },
    [seconds * 1000, INTERVAL_MS] as const,
  );
}

/**
 * Describes the faults of a timeline; empty when there are none.
 *
 * @param listedSeconds duration of the playlist at the last sample.
 */
export function timelineFaults(samples: readonly Sample[], listedSeconds: number): readonly string[] {
  const longest = Math.max(...samples.map(({ duration }) => duration ?? 0));
  const furthest = Math.max(0, ...samples.flatMap(({ buffered }) => buffered.map(([, end]) => end)));
  const holes = samples.find(({ buffered }) => buffered.length > 1);
  return [
    ...beyond('duration', longest, listedSeconds),
    ...beyond('buffered', furthest, listedSeconds),
    ...(holes ? [`holes: ${JSON.stringify(holes.buffered)}`] : []),
    ...jumps(samples),
  ];
}

function beyond(name: string, seconds: number, listedSeconds: number): string[] {
  const fault = `${name} ${seconds.toFixed(1)} of ${listedSeconds.toFixed(1)} s that are listed`;
  return seconds > listedSeconds + ROUNDING_SECONDS ? [fault] : [];
}

/** Describes each step of playback that goes back, or forward faster than the clock. */
function jumps(samples: readonly Sample[]): string[] {
  return samples.slice(1).flatMap((sample, index) => {
    const before = samples[index] ?? sample;
    const step = sample.current - before.current;
    const isJump = step < -ROUNDING_SECONDS || step > sample.wallSeconds - before.wallSeconds + CATCH_UP_SECONDS;
    return isJump ? [`jump from ${before.current.toFixed(1)} to ${sample.current.toFixed(1)} s`] : [];
  });
}
