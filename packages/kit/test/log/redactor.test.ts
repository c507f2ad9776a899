import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../src/log/redactor.ts';

const BOT_TOKEN = '123456789:AAExampleExampleExampleExampleExample';

describe('createRedactor', () => {
  it.each([
    ['as it is', 'key s3cret/va"lue end', 'key [redacted] end'],
    ['in JSON', JSON.stringify({ key: 's3cret/va"lue' }), '{"key":"[redacted]"}'],
    ['in a URL', `?key=${encodeURIComponent('s3cret/va"lue')}&x`, '?key=[redacted]&x'],
  ])('a known secret %s: is redacted', (_, text, clean) => {
    expect(createRedactor(['s3cret/va"lue'])(text)).toBe(clean);
  });

  it.each([
    [`token ${BOT_TOKEN} end`, 'token [redacted] end'],
    [`https://api.telegram.org/bot${BOT_TOKEN}/getMe`, 'https://api.telegram.org/[redacted]/getMe'],
    ['https://api.telegram.org/bot1:short/getMe', 'https://api.telegram.org/[redacted]/getMe'],
    ['authorization: Bearer abc.def', 'authorization: Bearer [redacted]'],
    ['icecast://source:hackme@localhost:8000/play', 'icecast://source:[redacted]@localhost:8000/play'],
  ])('the text %s: has its secret redacted although it is not known', (text, clean) => {
    expect(createRedactor([])(text)).toBe(clean);
  });

  it('short and unset secrets: are not redacted', () => {
    expect(createRedactor(['abc', undefined, ''])('abcabc')).toBe('abcabc');
  });

  it('ordinary text: stays unchanged', () => {
    const text = '2026-01-02T03:04:05 http://example.com:80/a?b=1 ratio 3:2 job abc';
    expect(createRedactor([])(text)).toBe(text);
  });
});
