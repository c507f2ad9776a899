/** `key=value`, as `-progress` writes. */
const PROGRESS_LINE = /^[a-z_0-9]+=\s*\S*$/;

/**
 * Calls back when ffmpeg has got further. `out_time_us` is in microseconds, `N/A` at first; since ffmpeg 7 it is that of the
 * shortest output, and stands still when the sound ends before the picture: then the count of pictures goes on.
 */
export function createProgressReader(onFurther: () => void): (line: string) => boolean {
  const latest = new Map<string, number>();
  return (line) => {
    const [, key = '', value] = /^(out_time_us|frame)=\s*(\d+)$/.exec(line) ?? [];
    if (value !== undefined && Number(value) > (latest.get(key) ?? -1)) {
      latest.set(key, Number(value));
      onFurther();
    }
    return PROGRESS_LINE.test(line);
  };
}
