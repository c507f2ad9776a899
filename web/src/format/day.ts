import { texts } from '@linkcast/contracts';

/** The day of an ISO 8601 time, as people write it: `28 November 2026`. */
export function formatDay(iso: string): string {
  return new Date(iso).toLocaleDateString(texts.site.locale, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** Day and time of an ISO 8601 time, short: `28 Nov, 10:00`. */
export function formatMoment(iso: string): string {
  return new Date(iso).toLocaleString(texts.site.locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}
