import { describe, expect, test } from 'vitest';
import { chooseLanguage, installationLanguage, parseAcceptLanguage } from '../src/language.ts';

describe('chooseLanguage', () => {
  test.each([
    [['es'], 'es'],
    [['es-419', 'en'], 'es'],
    [['RU_ru'], 'ru'],
    [['de-DE', 'fr', 'ru', 'es'], 'ru'],
    [['eng'], 'es'], // no language of ours has three letters
    [['*', '', '-'], 'es'],
    [[], 'es'],
  ] as const)('the tags %j, with es as the default: give %s', (tags, language) => {
    expect(chooseLanguage(tags, 'es')).toBe(language);
  });

  test('a list of 10,000 tags: the first twenty are considered', () => {
    const unknown = Array.from({ length: 10_000 }, () => 'xx');
    expect(chooseLanguage([...unknown.slice(0, 19), 'ru'], 'en')).toBe('ru');
    expect(chooseLanguage([...unknown, 'ru'], 'en')).toBe('en');
  });
});

test.each([
  ['es', 'es'],
  ['RU', 'ru'],
  ['es_MX:en', 'es'],
  ['de_DE:ru_RU:en', 'ru'],
  ['de', 'en'],
  ['C', 'en'],
])('LANGUAGE=%s: the language of the installation is %s', (setting, language) => {
  expect(installationLanguage(setting)).toBe(language);
});

describe('parseAcceptLanguage', () => {
  test.each([
    [undefined, []],
    ['', []],
    ['es', ['es']],
    ['en-GB,en;q=0.9,es;q=0.8', ['en-GB', 'en', 'es']],
    ['fr;q=0.1, ru ; q=0.9 , es', ['es', 'ru', 'fr']],
    ['ru;q=0.5,es;q=0.5', ['ru', 'es']],
    ['ru;q=0,es;q=0.000,en;q=0.001', ['en']],
    ['*', []],
    ['ru;q=2,es;q=x,en;q=0.1234', []],
    ['"ru", <es>, en;level=1', []],
  ])('the header %j: gives %j', (header, tags) => expect(parseAcceptLanguage(header)).toEqual(tags));

  test('a header of more than 500 characters: gives nothing', () => {
    expect(parseAcceptLanguage(`ru,${'a'.repeat(500)}`)).toEqual([]);
  });

  test('a header of 100 members: gives the first twenty', () => {
    expect(parseAcceptLanguage(`${'xx,'.repeat(19)}ru${',es'.repeat(80)}`)).toHaveLength(20);
  });
});
