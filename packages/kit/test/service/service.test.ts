import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLineReader } from '../../src/programs/line-reader.ts';

const library = JSON.stringify(path.resolve(import.meta.dirname, '../../src/index.ts'));

/** A service process of its own, because its life ends with the process. */
function startService(options: string): { child: ChildProcess; messages: string[]; started: Promise<unknown> } {
  const script = `import { createLogger, FolderInUse, runService } from ${library};
    const logger = createLogger({ service: 'test' });
    setInterval(() => {}, 60_000);
    await runService({ logger, ${options} });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const messages: string[] = [];
  const reader = createLineReader((line) => messages.push((JSON.parse(line) as { msg: string }).msg));
  child.stdout.on('data', reader.push);
  return { child, messages, started: once(child.stdout, 'data') };
}

const WELL = `start: async () => { logger.info('started'); return { stop: async () => logger.info('closed') }; }`;

describe('runService', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: the service is stopped, and the process exits with 0',
    async (signal) => {
      const { child, messages, started } = startService(WELL);
      await started;
      child.kill(signal);
      expect(await once(child, 'close')).toEqual([0, null]);
      expect(messages).toEqual(['started', 'stopping', 'closed', 'stopped']);
    },
  );

  it('a stop that hangs: the process exits after the time limit', async () => {
    const { child, messages, started } = startService(
      `start: async () => { logger.info('started'); return { stop: () => new Promise(() => {}) }; }, stopSeconds: 0.2`,
    );
    await started;
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(messages).toContain('stop took too long');
  });

  it('a folder that another process uses: is one sentence, and the process exits with 75', async () => {
    const { child, messages } = startService(
      `start: () => { throw new FolderInUse('/data', { part: 'bot', pid: 7, host: 'server', since: 'yesterday' }); }`,
    );
    expect(await once(child, 'close')).toEqual([75, null]);
    expect(messages).toEqual([
      '/data is in use by bot (process 7 on server, since yesterday). Stop that one first, or give this one a folder of its own.',
    ]);
  });

  it.each([
    ['a thrown error', 'setTimeout(() => { throw new Error("bug"); })'],
    ['an unhandled rejection', 'void Promise.reject(new Error("bug"))'],
  ])('a bug (%s): is logged once, and the process exits with 1', async (_, bug) => {
    const { child, messages } = startService(`start: async () => { ${bug}; return { stop() {} }; }`);
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(messages).toEqual(['bug: uncaught error']);
  });
});
