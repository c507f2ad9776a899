import { texts } from '@linkcast/texts';

const steps = [
  { unit: 'minute', seconds: 60 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'year', seconds: 31_536_000 },
] as const;

/** How long ago an ISO 8601 time was, in words: `now`, `5m ago`, `yesterday`. */
export function formatTimeAgo(iso: string, now = Date.now()): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  const words = new Intl.RelativeTimeFormat(texts.site.locale, { numeric: 'auto', style: 'narrow' });
  const step = steps.findLast((candidate) => seconds >= candidate.seconds);
  return step ? words.format(-Math.floor(seconds / step.seconds), step.unit) : words.format(0, 'second');
}
