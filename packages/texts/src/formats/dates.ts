import type { Language } from '../language.ts';
import { LOCALES } from './locales.ts';
import { once } from './once.ts';

/** Dates and times of one language. Times are ISO 8601. */
export interface Dates {
  /** `28 November 2026`. */
  readonly date: (iso: string) => string;
  /** Short, in the reader's time zone: `28 Nov, 10:00`. */
  readonly moment: (iso: string) => string;
  /** The end of something: `28 November`, with the year when it is another, with the time and its zone within two days. */
  readonly deadline: (iso: string, now?: Date) => string;
  /** The time since: `now`, `5 min ago`, `yesterday`. */
  readonly timeAgo: (iso: string, now?: number) => string;
}

const DAY_MS = 86_400_000;

const AGO_STEPS = [
  { unit: 'minute', seconds: 60 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'year', seconds: 31_536_000 },
] as const;

export function createDates(language: Language): Dates {
  const locale = LOCALES[language];
  const dates = once(() => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }));
  const moments = once(
    () => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
  );
  const ago = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }));

  return {
    date: (iso) => withYear(dates().format(new Date(iso))),
    moment: (iso) => moments().format(new Date(iso)),
    deadline: (iso, now = new Date()) => withYear(deadline(locale, new Date(iso), now)),
    timeAgo: (iso, now = Date.now()) => {
      const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
      const step = AGO_STEPS.findLast((candidate) => seconds >= candidate.seconds);
      return step ? ago().format(-Math.floor(seconds / step.seconds), step.unit) : ago().format(0, 'second');
    },
  };
}

function deadline(locale: string, end: Date, now: Date): string {
  return end.toLocaleString(locale, {
    day: 'numeric',
    month: 'long',
    ...(end.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
    ...(end.getTime() - now.getTime() < 2 * DAY_MS
      ? { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }
      : {}),
  });
}

/** Russian abbreviates the word year, with a full stop that would end sentences twice. */
function withYear(date: string): string {
  return date.replace(/(?<=\d)\s*г\./, ' года');
}
