/** `key=value`, as `-progress` writes. */
const PROGRESS_LINE = /^[a-z_0-9]+=\s*\S*$/;

/**
 * Reads ffmpeg's `-progress` output and calls `onAdvance` whenever its position has increased. `out_time_us` is in
 * microseconds, `N/A` at first. Since ffmpeg 7 it is that of the shortest output, and stands still when the sound ends
 * before the picture; then the number of frames still increases.
 *
 * @returns a function that takes a line of standard error, and returns true for a line of progress.
 */
export function createFfmpegProgressReader(onAdvance: () => void): (line: string) => boolean {
  const latest = new Map<string, number>();
  return (line) => {
    const [, key = '', value] = /^(out_time_us|frame)=\s*(\d+)$/.exec(line) ?? [];
    if (value !== undefined && Number(value) > (latest.get(key) ?? -1)) {
      latest.set(key, Number(value));
      onAdvance();
    }
    return PROGRESS_LINE.test(line);
  };
}
