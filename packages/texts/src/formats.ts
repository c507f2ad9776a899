import type { Language } from './language.ts';

/** The plural categories of each language (CLDR). A set of forms has exactly these, so that a missing one does not compile. */
interface PluralCategories {
  readonly en: 'one' | 'other';
  readonly es: 'one' | 'many' | 'other';
  readonly ru: 'one' | 'few' | 'many' | 'other';
}

export type PluralForms<L extends Language = Language> = Readonly<Record<PluralCategories[L], string>>;

/** Locale of numbers and dates; its time of day has 24 hours. */
const LOCALES = { en: 'en-GB', es: 'es-ES', ru: 'ru-RU' } as const satisfies Record<Language, string>;

/** Symbols of units, which languages write differently. */
const SYMBOLS = {
  en: { bytes: ['B', 'kB', 'MB', 'GB', 'TB'], perSecond: '/s', hours: 'h', minutes: 'min', seconds: 's' },
  es: { bytes: ['B', 'kB', 'MB', 'GB', 'TB'], perSecond: '/s', hours: 'h', minutes: 'min', seconds: 's' },
  ru: { bytes: ['Б', 'кБ', 'МБ', 'ГБ', 'ТБ'], perSecond: '/с', hours: 'ч', minutes: 'мин', seconds: 'с' },
} as const satisfies Record<Language, UnitSymbols>;

interface UnitSymbols {
  readonly bytes: readonly [string, string, string, string, string];
  readonly perSecond: string;
  readonly hours: string;
  readonly minutes: string;
  readonly seconds: string;
}

/** Numbers, quantities and dates of one language, for texts and for whatever is shown beside them. Times are ISO 8601. */
export interface Formats<L extends Language = Language> {
  readonly language: L;
  /** `1,234.5`. */
  readonly number: (value: number, maximumFractionDigits?: number) => string;
  /** A ratio of 0 to 1 as whole percent: `43%`. */
  readonly percent: (ratio: number) => string;
  /** Decimal units, as disks and networks count: `950 B`, `4.2 MB`, `120 MB`, `1.3 GB`. */
  readonly bytes: (bytes: number) => string;
  /** `2.1 MB/s`. */
  readonly bytesPerSecond: (rate: number) => string;
  /** The two largest units: `8 s`, `1 min 15 s`, `1 h 20 min`, `30 h`. */
  readonly duration: (seconds: number) => string;
  /** One unit, rounded, for what changes all the time: `8 s`, `3 min`, `1 h 20 min`. */
  readonly span: (seconds: number) => string;
  /** `28 November 2026`. */
  readonly date: (iso: string) => string;
  /** Short, in the reader's time zone: `28 Nov, 10:00`. */
  readonly moment: (iso: string) => string;
  /** The end of something: `28 November`, with the year when it is another, with the time and its zone within two days. */
  readonly deadline: (iso: string, now?: Date) => string;
  /** The time since: `now`, `5 min ago`, `yesterday`. */
  readonly timeAgo: (iso: string, now?: number) => string;
  /** `one, two and three`. */
  readonly list: (items: readonly string[]) => string;
  /** The form for a count; forms that show the count contain it already. */
  readonly plural: (count: number, forms: PluralForms<L>) => string;
  /** The formatted count, and the form for it: `21 jobs`. */
  readonly counted: (count: number, nouns: PluralForms<L>) => string;
}

/** The formats of a language. The same object for each call, which makes each of its `Intl` formatters once, when it is needed. */
export function formatsOf<L extends Language>(language: L): Formats<L> {
  const kept = cache.get(language);
  if (kept) return kept as Formats<L>; // stored under its own language
  const formats = createFormats(language);
  cache.set(language, formats);
  return formats;
}

const cache = new Map<Language, unknown>();

const DAY_MS = 86_400_000;

const AGO_STEPS = [
  { unit: 'minute', seconds: 60 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'year', seconds: 31_536_000 },
] as const;

function createFormats<L extends Language>(language: L): Formats<L> {
  const locale = LOCALES[language];
  const symbols: UnitSymbols = SYMBOLS[language];
  const numbers = [0, 1, 2].map((digits) =>
    once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: digits })),
  );
  const percents = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));
  const plurals = once(() => new Intl.PluralRules(locale));
  const lists = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const dates = once(() => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }));
  const moments = once(
    () => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
  );
  const ago = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' }));

  const number = (value: number, digits = 1): string =>
    (numbers[digits] ?? once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: digits })))().format(value);
  const quantity = (value: number, unit: string): string => `${number(value, 0)} ${unit}`;
  const bytes = (value: number): string => {
    const power = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), symbols.bytes.length - 1);
    const scaled = value / 1000 ** power;
    return `${number(scaled, power === 0 || scaled >= 100 ? 0 : 1)} ${symbols.bytes[power] ?? ''}`;
  };
  const hoursAndMinutes = (hours: number, minutes: number): string =>
    minutes === 0
      ? quantity(hours, symbols.hours)
      : `${quantity(hours, symbols.hours)} ${quantity(minutes, symbols.minutes)}`;
  const plural = (count: number, forms: PluralForms<L>): string =>
    (forms as Readonly<Record<string, string>>)[plurals().select(count)] ?? ''; // the type has every category of the language

  return {
    language,
    number,
    percent: (ratio) => percents().format(ratio),
    bytes,
    bytesPerSecond: (rate) => bytes(rate) + symbols.perSecond,
    duration: (seconds) => {
      const whole = Math.round(seconds);
      const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
      if (hours > 0) return hoursAndMinutes(hours, minutes);
      if (minutes === 0) return quantity(rest, symbols.seconds);
      return rest === 0
        ? quantity(minutes, symbols.minutes)
        : `${quantity(minutes, symbols.minutes)} ${quantity(rest, symbols.seconds)}`;
    },
    span: (seconds) => {
      if (seconds < 59.5) return quantity(Math.max(1, Math.round(seconds)), symbols.seconds);
      const minutes = Math.round(seconds / 60);
      return minutes < 60
        ? quantity(minutes, symbols.minutes)
        : hoursAndMinutes(Math.floor(minutes / 60), minutes % 60);
    },
    date: (iso) => withYear(dates().format(new Date(iso))),
    moment: (iso) => moments().format(new Date(iso)),
    deadline: (iso, now = new Date()) => {
      const end = new Date(iso);
      const shown = end.toLocaleString(locale, {
        day: 'numeric',
        month: 'long',
        ...(end.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
        ...(end.getTime() - now.getTime() < 2 * DAY_MS
          ? { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }
          : {}),
      });
      return withYear(shown);
    },
    timeAgo: (iso, now = Date.now()) => {
      const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
      const step = AGO_STEPS.findLast((candidate) => seconds >= candidate.seconds);
      return step ? ago().format(-Math.floor(seconds / step.seconds), step.unit) : ago().format(0, 'second');
    },
    list: (items) => lists().format(items),
    plural,
    counted: (count, nouns) => `${number(count, 0)} ${plural(count, nouns)}`,
  };
}

/** Russian abbreviates the word year, with a full stop that would end sentences twice. */
function withYear(date: string): string {
  return date.replace(/(?<=\d)\s*г\./, ' года');
}

/** Makes a value when it is first needed, and keeps it. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
