import type { Page } from 'playwright-core';

/** What the media element of a page says of itself at one moment. Times are seconds. */
interface Moment {
  readonly wallSeconds: number;
  readonly current: number;
  /** Null before anything is known. */
  readonly duration: number | null;
  readonly buffered: readonly (readonly [number, number])[];
  readonly isSeeking: boolean;
}

/** Rounding of time stamps; a frame lasts 0.04 s. */
const ROUNDING = 0.15;
/** Of a machine that is busy: playback may catch up with what it has shown late. */
const JUMP = 0.7;
const EVERY_MS = 50;

/** Watches the media element for a while. */
export async function watchTimeline(page: Page, seconds: number): Promise<readonly Moment[]> {
  return page.evaluate(
    async ([watchMs, everyMs]) => {
      const element = document.querySelector('video');
      if (!element) throw new Error('no player');
      const moments = [];
      for (let waited = 0; waited <= watchMs; waited += everyMs) {
        const { buffered, duration } = element;
        moments.push({
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
      return moments;
    },
    [seconds * 1000, EVERY_MS] as const,
  );
}

/**
 * What is wrong with a timeline, in words; empty when it is right.
 *
 * @param listedSeconds what the playlist lists at the last of the moments.
 */
export function timelineFaults(moments: readonly Moment[], listedSeconds: number): readonly string[] {
  const longest = Math.max(...moments.map(({ duration }) => duration ?? 0));
  const furthest = Math.max(0, ...moments.flatMap(({ buffered }) => buffered.map(([, end]) => end)));
  const holes = moments.find(({ buffered }) => buffered.length > 1);
  return [
    ...beyond('duration', longest, listedSeconds),
    ...beyond('buffered', furthest, listedSeconds),
    ...(holes ? [`holes: ${JSON.stringify(holes.buffered)}`] : []),
    ...jumps(moments),
  ];
}

function beyond(name: string, seconds: number, listedSeconds: number): string[] {
  const words = `${name} ${seconds.toFixed(1)} of ${listedSeconds.toFixed(1)} s that are listed`;
  return seconds > listedSeconds + ROUNDING ? [words] : [];
}

/** Playback that goes back, or faster than the clock. */
function jumps(moments: readonly Moment[]): string[] {
  return moments.slice(1).flatMap((moment, index) => {
    const before = moments[index] ?? moment;
    const step = moment.current - before.current;
    const isJump = step < -ROUNDING || step > moment.wallSeconds - before.wallSeconds + JUMP;
    return isJump ? [`jump from ${before.current.toFixed(1)} to ${moment.current.toFixed(1)} s`] : [];
  });
}
