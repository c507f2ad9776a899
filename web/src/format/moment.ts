import { texts } from '@linkcast/texts';

/** Day and time of an ISO 8601 time, short and in the person's own time zone: `Nov 28, 10:00 AM`. */
export function formatMoment(iso: string): string {
  return new Date(iso).toLocaleString(texts.site.locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}
