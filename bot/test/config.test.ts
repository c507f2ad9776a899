import { ConfigError, loadConfig } from '@linkcast/kit';
import { expect, it } from 'vitest';
import { BotConfig } from '../src/config.ts';

const TELEGRAM_TOKEN = '123456:abcdefghijkl';

it('settings with TELEGRAM_TOKEN only: the defaults are for a yt-app on the same machine', () => {
  expect(loadConfig(BotConfig, { TELEGRAM_TOKEN })).toEqual({
    TELEGRAM_TOKEN,
    TELEGRAM_API_ROOT: 'https://api.telegram.org',
    YT_APP_URL: 'http://127.0.0.1:5000',
    DATA_DIR: './data',
    SITE_URL: 'http://localhost:8080',
    LANGUAGE: 'en',
    LOG_LEVEL: 'info',
  });
});

it('a SITE_URL with a trailing slash: is normalised', () => {
  const config = loadConfig(BotConfig, { TELEGRAM_TOKEN, SITE_URL: 'https://media.example.org/' });
  expect(config.SITE_URL).toBe('https://media.example.org');
});

it.each([
  ['ru', 'ru'],
  ['es_ES.UTF-8', 'es'],
  ['de_DE:ru:en', 'ru'],
  ['de_DE:de', 'en'],
])('the setting LANGUAGE=%s: the language is %s', (text, language) => {
  expect(loadConfig(BotConfig, { TELEGRAM_TOKEN, LANGUAGE: text }).LANGUAGE).toBe(language);
});

it('several invalid settings: the error lists all of them without their values', () => {
  const bad = {
    TELEGRAM_TOKEN: 'tok en',
    SITE_URL: 'media.example.org',
    YT_APP_URL: 'x',
  };
  try {
    loadConfig(BotConfig, bad);
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.faults.map((fault) => fault.split(':')[0])).toEqual(['TELEGRAM_TOKEN', 'YT_APP_URL', 'SITE_URL']);
    expect(error.message).not.toContain('tok en');
  }
});
