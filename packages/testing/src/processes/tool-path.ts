import path from 'node:path';

/** A program that the product brings along: `yt-dlp`, `deno`. */
export function toolPath(name: 'yt-dlp' | 'deno'): string {
  return path.resolve(import.meta.dirname, '../../../../.tools/bin', name);
}
