import { describe, expect, test } from 'vitest';
import { formatsOf } from '../../src/formats/formats.ts';
import { languages } from '../../src/language.ts';

/** Intl separates with no-break spaces of two kinds; the tests are readable with plain ones. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const en = formatsOf('en');
const es = formatsOf('es');
const ru = formatsOf('ru');

test('formatsOf called twice: returns the same object', () => {
  for (const language of languages) expect(formatsOf(language)).toBe(formatsOf(language));
});

describe('bytes', () => {
  test.each([
    [0, '0 B'],
    [0.5, '1 B'],
    [999, '999 B'],
    [999.6, '1 kB'],
    [4_200, '4.2 kB'],
    [12_400_000, '12.4 MB'],
    [99_960_000, '100 MB'],
    [310_000_000, '310 MB'],
    [999_400_000, '999 MB'],
    [999_950_000, '1 GB'],
    [1e9, '1 GB'],
    [8e9, '8 GB'],
    [1_340_000_000, '1.3 GB'],
    [2.5e15, '2,500 TB'],
  ])('%d in English: is %s', (bytes, text) => expect(en.bytes(bytes)).toBe(text));

  test('values in Spanish and Russian: have their units and decimal comma', () => {
    expect([es.bytes(1_340_000_000), es.bytesPerSecond(2_100_000)]).toEqual(['1,3 GB', '2,1 MB/s']);
    expect([ru.bytes(1_340_000_000), ru.bytesPerSecond(2_100_000)]).toEqual(['1,3 ГБ', '2,1 МБ/с']);
  });
});

describe('duration', () => {
  test.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [75, '1 min 15 s'],
    [120, '2 min'],
    [3700, '1 h 1 min'],
    [21_600, '6 h'],
    [108_000, '30 h'],
  ])('%d seconds: are %s', (seconds, text) => expect(en.duration(seconds)).toBe(text));

  test('4,800 seconds in Russian: have Russian units', () => expect(ru.duration(4800)).toBe('1 ч 20 мин'));
});

describe('span', () => {
  test.each([
    [0, '1 s'],
    [58, '58 s'],
    [59.6, '1 min'],
    [118, '2 min'],
    [3599, '1 h'],
    [4800, '1 h 20 min'],
  ])('%d seconds: are %s', (seconds, text) => expect(en.span(seconds)).toBe(text));
});

test('numbers and percentages: have the separators of each language', () => {
  expect([en.number(1234.56), en.percent(0.43)]).toEqual(['1,234.6', '43%']);
  expect([es.number(12_345.6), es.percent(0.43)].map(plain)).toEqual(['12.345,6', '43 %']);
  expect([ru.number(12_345.6), ru.percent(0.43)].map(plain)).toEqual(['12 345,6', '43 %']);
});

test('dates: are in the order and words of each language', () => {
  const iso = '2026-11-28T12:00:00.000Z';
  expect([en, es, ru].map(({ date }) => plain(date(iso)))).toEqual([
    '28 November 2026',
    '28 de noviembre de 2026',
    '28 ноября 2026 года',
  ]);
  expect(en.moment(iso)).toMatch(/^28 Nov, \d\d:00$/);
});

describe('deadline', () => {
  const now = new Date('2026-11-20T10:00:00Z');
  test('in the same year: is the day', () => expect(en.deadline('2026-11-28T10:00:00Z', now)).toBe('28 November'));
  test('in another year: includes the year', () => {
    expect(en.deadline('2031-01-28T12:00:00Z', now)).toBe('28 January 2031');
  });
  test('within two days: includes time and zone', () => {
    expect(en.deadline('2026-11-21T14:30:00Z', now)).toMatch(/^21 November at \d\d:30 \S+$/);
    expect(plain(ru.deadline('2026-11-21T14:30:00Z', now))).toMatch(/^21 ноября в \d\d:30 \S+$/);
  });
});

describe('timeAgo', () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  test.each([
    ['2026-11-20T12:00:20Z', 'now'],
    ['2026-11-20T11:59:30Z', 'now'],
    ['2026-11-20T11:55:00Z', '5 min ago'],
    ['2026-11-19T11:00:00Z', 'yesterday'],
    ['2024-11-19T11:00:00Z', '2 yr ago'],
  ])('%s seen from noon of the 20th: is %s', (iso, text) => expect(plain(en.timeAgo(iso, now))).toBe(text));

  test('five minutes in Spanish and Russian: are in the words of the language', () => {
    expect([es, ru].map(({ timeAgo }) => plain(timeAgo('2026-11-20T11:55:00Z', now)))).toEqual([
      'hace 5 min',
      '5 мин. назад',
    ]);
  });
});

test('lists: have the conjunction of each language', () => {
  expect([en, es, ru].map(({ list }) => list(['A', 'B', 'C']))).toEqual(['A, B and C', 'A, B y C', 'A, B и C']);
});

describe('plural', () => {
  const counts = [0, 1, 2, 5, 11, 21, 22, 25, 101];
  test('counts in English: have two forms', () => {
    const forms = { one: 'one', other: 'other' };
    expect(counts.map((count) => en.plural(count, forms))).toEqual([
      'other',
      'one',
      'other',
      'other',
      'other',
      'other',
      'other',
      'other',
      'other',
    ]);
  });

  test('counts in Spanish: have three forms, many for a million', () => {
    const forms = { one: 'one', many: 'many', other: 'other' };
    expect(counts.map((count) => es.plural(count, forms))).toEqual([
      'other',
      'one',
      'other',
      'other',
      'other',
      'other',
      'other',
      'other',
      'other',
    ]);
    expect(es.plural(1_000_000, forms)).toBe('many');
  });

  test('counts in Russian: have four forms, other for fractions', () => {
    const forms = { one: 'one', few: 'few', many: 'many', other: 'other' };
    expect(counts.map((count) => ru.plural(count, forms))).toEqual([
      'many',
      'one',
      'few',
      'many',
      'many',
      'one',
      'few',
      'many',
      'one',
    ]);
    expect(ru.plural(1.5, forms)).toBe('other');
  });

  test('counted with 1,200: has the thousands separator', () => {
    expect(en.counted(1200, { one: 'job', other: 'jobs' })).toBe('1,200 jobs');
  });

  test('a missing or foreign form: does not compile', () => {
    // @ts-expect-error Russian has four forms
    expect(ru.plural(1, { one: 'one', other: 'other' })).toBe('one');
    // @ts-expect-error English has no form for few
    expect(en.plural(1, { one: 'one', few: 'few', other: 'other' })).toBe('one');
  });
});
