import { z } from 'zod';

/** Of one format. */
export interface DownloadProgress {
  readonly bytes: number;
  /** As the source announced it. */
  readonly totalBytes: number | null;
  /** yt-dlp's guess from the fragments so far: wild at first. */
  readonly estimatedBytes: number | null;
}

const MARK = 'progress:';
/** Makes yt-dlp print a line of JSON for each look at its progress. */
export const PROGRESS_TEMPLATE = `download:${MARK}%(progress)j`;

/** Fewer bytes than this are no progress for the watchdog: a source could drip for years. */
const LEAST_PROGRESS_BYTES = 16 * 1024;

const ProgressLine = z.object({
  downloaded_bytes: z.number().nullish(),
  total_bytes: z.number().nullish(),
  total_bytes_estimate: z.number().nullish(),
});

/**
 * Reads yt-dlp's standard error line by line.
 *
 * @param onAdvance called when so much has come that the source is alive.
 * @returns a function that says whether a line was progress.
 */
export function createProgressReader(
  onProgress: (progress: DownloadProgress) => void,
  onAdvance: () => void,
): (line: string) => boolean {
  let advancedTo = 0;
  return (line) => {
    const progress = readLine(line);
    if (!progress) return false;
    if (Math.abs(progress.bytes - advancedTo) >= LEAST_PROGRESS_BYTES) {
      onAdvance();
      advancedTo = progress.bytes; // less than before: a retry begins anew
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
  return { bytes: bytes ?? 0, totalBytes: total ?? null, estimatedBytes: estimate ? Math.round(estimate) : null };
}
