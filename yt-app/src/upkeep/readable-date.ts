import { texts } from '@linkcast/texts';

const format = new Intl.DateTimeFormat(texts.site.locale, { dateStyle: 'long', timeZone: 'UTC' });

/** "November 28, 2026", for a time in ISO 8601; empty for none. */
export function readableDate(time: string | null): string {
  return time === null ? '' : format.format(new Date(time));
}
