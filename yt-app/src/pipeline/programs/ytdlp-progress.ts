import { z } from 'zod';

/** Progress of the download of one format. */
export interface DownloadProgress {
  readonly bytes: number;
  /** As the source announced it. */
  readonly totalBytes: number | null;
  /** Estimated by yt-dlp from the fragments so far; inaccurate at first. */
  readonly estimatedBytes: number | null;
  /** Fragments of a list that have come; null: the format is one file. */
  readonly fragments: number | null;
}

const MARK = 'progress:';
/** Makes yt-dlp print its progress as lines of JSON. */
export const PROGRESS_TEMPLATE = `download:${MARK}%(progress)j`;

/** Fewer bytes than this do not reset the watchdog: a source could send a byte at a time for years. */
const LEAST_PROGRESS_BYTES = 16 * 1024;

const ProgressLine = z.object({
  downloaded_bytes: z.number().nullish(),
  total_bytes: z.number().nullish(),
  total_bytes_estimate: z.number().nullish(),
  fragment_index: z.number().int().nonnegative().nullish(),
});

/**
 * Reads the progress of yt-dlp from its standard error.
 *
 * @param onAdvance called after every 16 KiB, which show that the source has not stalled.
 * @returns a function that takes a line, and returns true for a line of progress.
 */
export function createDownloadProgressReader(
  onProgress: (progress: DownloadProgress) => void,
  onAdvance: () => void,
): (line: string) => boolean {
  let advancedTo = 0;
  return (line) => {
    const progress = readLine(line);
    if (!progress) return false;
    if (Math.abs(progress.bytes - advancedTo) >= LEAST_PROGRESS_BYTES) {
      onAdvance();
      advancedTo = progress.bytes; // fewer than before after a retry
    }
    onProgress(progress);
    return true;
  };
}

function readLine(line: string): DownloadProgress | undefined {
  if (!line.startsWith(MARK)) return undefined;
  const parsed = ProgressLine.safeParse(JSON.parse(line.slice(MARK.length)));
  if (!parsed.success) return undefined;
  const { downloaded_bytes: bytes, total_bytes: total, total_bytes_estimate: estimate } = parsed.data;
  return {
    bytes: bytes ?? 0,
    totalBytes: total ?? null,
    estimatedBytes: estimate ? Math.round(estimate) : null,
    fragments: parsed.data.fragment_index ?? null,
  };
}
