import { describe, expect, it } from 'vitest';
import { createLogger, createRedactor } from '../src/logger.ts';

const BOT_TOKEN = '123456789:AAExampleExampleExampleExampleExample';

describe('createRedactor', () => {
  it.each([
    ['as it is', 'key s3cret/va"lue end', 'key [redacted] end'],
    ['in JSON', JSON.stringify({ key: 's3cret/va"lue' }), '{"key":"[redacted]"}'],
    ['in a URL', `?key=${encodeURIComponent('s3cret/va"lue')}&x`, '?key=[redacted]&x'],
  ])('a known secret %s, is masked', (_, text, clean) => {
    expect(createRedactor(['s3cret/va"lue'])(text)).toBe(clean);
  });

  it.each([
    [`token ${BOT_TOKEN} end`, 'token [redacted] end'],
    [`https://api.telegram.org/bot${BOT_TOKEN}/getMe`, 'https://api.telegram.org/[redacted]/getMe'],
    ['https://api.telegram.org/bot1:short/getMe', 'https://api.telegram.org/[redacted]/getMe'],
    ['authorization: Bearer abc.def', 'authorization: Bearer [redacted]'],
    ['icecast://source:hackme@localhost:8000/play', 'icecast://source:[redacted]@localhost:8000/play'],
  ])('%s, is masked without being known', (text, clean) => {
    expect(createRedactor([])(text)).toBe(clean);
  });

  it('short values and unset ones, are left alone', () => {
    expect(createRedactor(['abc', undefined, ''])('abcabc')).toBe('abcabc');
  });

  it('ordinary text, stays as it is', () => {
    const text = '2026-01-02T03:04:05 http://example.com:80/a?b=1 ratio 3:2 job abc';
    expect(createRedactor([])(text)).toBe(text);
  });
});

describe('createLogger', () => {
  function capture(log: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
    const lines: string[] = [];
    const destination = { write: (line: string) => lines.push(line) };
    log(createLogger({ service: 'test', secrets: ['known-secret'], destination }));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  it('a line, is JSON with service, level by name and ISO time', () => {
    const [line] = capture((logger) => logger.info({ jobId: 'a' }, 'job started'));
    expect(line).toMatchObject({ level: 'info', service: 'test', jobId: 'a', msg: 'job started' });
    expect(line?.['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('secrets in fields, messages, errors and children, never come out', () => {
    const lines = capture((logger) => {
      logger.info({ token: 'known-secret', nested: { url: `/bot${BOT_TOKEN}/x` } }, 'known-secret');
      logger.child({ auth: 'Bearer abcdef' }).error({ err: new Error(`at ${BOT_TOKEN}`) });
    });
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toMatch(/known-secret|AAExample|abcdef/);
  });

  it('a level below the one set, writes nothing', () => {
    expect(capture((logger) => logger.debug('detail'))).toEqual([]);
  });
});
