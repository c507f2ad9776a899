import type { Job, Progress } from '@linkcast/contracts';
import type { SiteTexts } from '../language/site-texts.ts';

/** Returns the progress in whole percent; null while the size is unknown. 100 is returned only for a finished job. */
export function percentOf(progress: Progress): number | null {
  if (progress.ratio === null) return null;
  return progress.ratio >= 1 ? 100 : Math.min(99, Math.floor(progress.ratio * 100));
}

/** Formats percent and time left; an unknown part is left out: `43%, 2 min left`. */
export function shortProgress(progress: Progress, { site }: Pick<SiteTexts, 'site'>): string {
  const percent = percentOf(progress);
  return [
    percent === null ? undefined : site.progress.percent(percent),
    progress.etaSeconds === null ? undefined : site.progress.left(progress.etaSeconds),
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** Formats the line under an unfinished job: `Downloading · 43%, 2 min left · 120 MB / 300 MB · 2 MB/s`. */
export function progressLine(job: Job, texts: Pick<SiteTexts, 'site' | 'formats'>): string {
  const { site, formats } = texts;
  if (job.state !== 'downloading') return site.jobStates[job.state];
  const { bytes, totalBytes, bytesPerSecond } = job.progress;
  return [
    site.jobStates[job.state],
    shortProgress(job.progress, texts),
    totalBytes === null ? formats.bytes(bytes) : `${formats.bytes(bytes)} / ${formats.bytes(totalBytes)}`,
    bytesPerSecond ? site.progress.speed(bytesPerSecond) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
