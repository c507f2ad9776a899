import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/log/logger.ts';

const BOT_TOKEN = '123456789:AAExampleExampleExampleExampleExample';

describe('createLogger', () => {
  function capture(log: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
    const lines: string[] = [];
    const destination = { write: (line: string) => lines.push(line) };
    log(createLogger({ service: 'test', secrets: ['known-secret'], destination }));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  it('a line: is JSON with service, level by name and ISO time', () => {
    const [line] = capture((logger) => logger.info({ jobId: 'a' }, 'job started'));
    expect(line).toMatchObject({ level: 'info', service: 'test', jobId: 'a', msg: 'job started' });
    expect(line?.['time']).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  it('secrets in fields, messages, errors and children: are redacted', () => {
    const lines = capture((logger) => {
      logger.info({ token: 'known-secret', nested: { url: `/bot${BOT_TOKEN}/x` } }, 'known-secret');
      logger.child({ auth: 'Bearer abcdef' }).error({ err: new Error(`at ${BOT_TOKEN}`) });
    });
    expect(lines).toHaveLength(2);
    expect(JSON.stringify(lines)).not.toMatch(/known-secret|AAExample|abcdef/);
  });

  it('a message below the level: is not written', () => {
    expect(capture((logger) => logger.debug('detail'))).toEqual([]);
  });
});
