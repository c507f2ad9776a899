import { expect, test } from 'vitest';
import { hasSavedLanguage, readLanguage, saveLanguage } from '../../src/language/language-choice.ts';

const storageWith = (saved: string | null) => () => ({ getItem: () => saved });
const noStorage = () => {
  throw new DOMException('denied', 'SecurityError');
};

test.each([
  ['a saved language', storageWith('es'), ['ru-RU', 'en'], 'es'],
  ['an unknown saved language', storageWith('xx'), ['ru-RU', 'en'], 'ru'],
  ['no saved language', storageWith(null), ['fr-FR', 'es-419', 'en'], 'es'],
  ['no language that Linkcast has', storageWith(null), ['fr-FR'], 'en'],
  ['a browser that refuses storage', noStorage, ['es'], 'es'],
])('with %s: the language is the saved one, else the first supported of the browser, else English', (...row) => {
  const [, storage, browserLanguages, language] = row;
  expect(readLanguage(storage, browserLanguages)).toBe(language);
});

test('a saved language: is read again', () => {
  const values = new Map<string, string>();
  const storage = () => ({
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  });
  saveLanguage(storage, 'ru');
  expect(readLanguage(storage, ['en'])).toBe('ru');
  expect(hasSavedLanguage(storage)).toBe(true);
});

test.each([
  ['no saved language', storageWith(null)],
  ['an unknown saved language', storageWith('xx')],
  ['storage that is refused', noStorage],
])('a browser with %s: has no choice of its own', (_, storage) => {
  expect(hasSavedLanguage(storage)).toBe(false);
});
