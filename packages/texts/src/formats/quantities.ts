import type { Language } from '../language.ts';
import { LOCALES } from './locales.ts';
import { once } from './once.ts';

/** Numbers and quantities of one language. */
export interface Quantities {
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
}

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

type FormatNumber = Quantities['number'];

export function createQuantities(language: Language): Quantities {
  const locale = LOCALES[language];
  const symbols: UnitSymbols = SYMBOLS[language];
  const number = createNumberFormat(locale);
  const percents = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }));
  const bytes = (value: number): string => formatBytes(value, number, symbols.bytes);
  return {
    number,
    percent: (ratio) => percents().format(ratio),
    bytes,
    bytesPerSecond: (rate) => bytes(rate) + symbols.perSecond,
    ...createDurations(symbols, number),
  };
}

function createNumberFormat(locale: string): FormatNumber {
  const formatOf = (digits: number) => once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: digits }));
  const kept = [0, 1, 2].map(formatOf);
  return (value, digits = 1) => (kept[digits] ?? formatOf(digits))().format(value);
}

function formatBytes(value: number, number: FormatNumber, symbols: UnitSymbols['bytes']): string {
  let power = 0;
  // Rounded, because 999.9 MB would be shown as 1,000 MB.
  while (power < symbols.length - 1 && Math.round(value / 1000 ** power) >= 1000) power += 1;
  const scaled = value / 1000 ** power;
  return `${number(scaled, power === 0 || scaled >= 100 ? 0 : 1)} ${symbols[power] ?? ''}`;
}

function createDurations(symbols: UnitSymbols, number: FormatNumber): Pick<Quantities, 'duration' | 'span'> {
  const quantity = (value: number, unit: string): string => `${number(value, 0)} ${unit}`;
  /** Leaves out the smaller unit where there is none of it. */
  const pair = (large: string, small: number, unit: string): string =>
    small === 0 ? large : `${large} ${quantity(small, unit)}`;
  const hoursAndMinutes = (hours: number, minutes: number): string =>
    pair(quantity(hours, symbols.hours), minutes, symbols.minutes);

  return {
    duration: (seconds) => {
      const whole = Math.round(seconds);
      const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
      if (hours > 0) return hoursAndMinutes(hours, minutes);
      if (minutes === 0) return quantity(rest, symbols.seconds);
      return pair(quantity(minutes, symbols.minutes), rest, symbols.seconds);
    },
    span: (seconds) => {
      if (seconds < 59.5) return quantity(Math.max(1, Math.round(seconds)), symbols.seconds);
      const minutes = Math.round(seconds / 60);
      return minutes < 60
        ? quantity(minutes, symbols.minutes)
        : hoursAndMinutes(Math.floor(minutes / 60), minutes % 60);
    },
  };
}
