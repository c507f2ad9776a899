import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort, fixturePaths, until } from '@linkcast/testing';
import { postgresSettings, startComposeStack, type ComposeStack } from '../../support/compose-stack.ts';
import { testScenarios } from '../../support/scenarios.ts';

/** Needs a Docker engine, and minutes to build the images: `make test-compose`. With SQLite: domain.test.ts. */
describe.runIf(process.env['E2E_COMPOSE'] === '1')('make up with PostgreSQL', () => {
  let stack: ComposeStack;
  beforeAll(async () => {
    const settings = await postgresSettings();
    stack = await startComposeStack({ httpPort: await findFreePort(), httpsPort: await findFreePort(), settings });
  }, 900_000);
  afterAll(() => stack.close());

  testScenarios(() => stack);

  /** The workers that have started these jobs, one for each job, by the log of the API. */
  async function workersOf(ids: readonly string[]): Promise<string[]> {
    const log = await stack.compose('logs', '--no-log-prefix', 'yt-app');
    return linesOf(log, /"msg":"job claimed"/)
      .map((line) => line.slice(line.indexOf('{'))) // Compose clears the line first
      .map((line) => JSON.parse(line) as { jobId: string; worker: string }) // as job-trail.ts logs it
      .filter(({ jobId }) => ids.includes(jobId))
      .map(({ worker }) => worker);
  }

  test('the solver of YouTube in the read-only image: runs without a message on standard error', async () => {
    const solve =
      'cd /tmp && TMPDIR=/tmp DENO_DIR=/app/.tools/deno /app/.tools/bin/deno run --ext=js --no-code-cache --no-prompt --no-remote --no-lock --node-modules-dir=none --no-config --cached-only -';
    const library =
      '/app/.tools/yt-dlp/usr/lib/python3/dist-packages/yt_dlp/extractor/youtube/jsc/_builtin/vendor/yt.solver.deno.lib.js';
    const output = await stack.compose('exec', '-T', 'worker', 'sh', '-c', `${solve} < ${library}`);
    expect(output).toBe(''); // yt-dlp takes any word on standard error for a failure
  });

  test('a taken-over decoder in the image: reaches nothing, in the tests of the kit run by its programs', async () => {
    const root = path.resolve(import.meta.dirname, '../../..');
    const vitest = 'node_modules/vitest/vitest.mjs run --configLoader runner --project parts --reporter verbose';
    const container = [
      'run',
      '--rm',
      '--no-deps',
      '-T',
      '--volume',
      `${root}:/repo:ro`,
      '--workdir',
      '/repo',
      'worker',
    ];
    const tests = ['packages/kit/test/sandbox', '-t', 'landlock'];
    const output = await stack.compose(...container, 'node', ...vitest.split(' '), ...tests);
    expect(output).toMatch(/in 'landlock'.*as a decoder: reaches nothing/); // with colours between
  });

  test('the container of the worker: holds one secret, and no data but the media', async () => {
    const inWorker = (command: string) => stack.compose('exec', '-T', 'worker', 'sh', '-c', command);
    expect((await inWorker('ls /run/secrets')).trim()).toBe('worker_key');
    expect(await inWorker('ls -A /data')).toBe(''); // releases of yt-dlp would be here
    expect(await inWorker('tr "\\0" "\\n" < /proc/1/environ')).not.toMatch(/TOKEN|PASSWORD|EGRESS_KEY/);
  });

  test('the container of the worker: reaches the API and the proxy only, and nothing else without the proxy', async () => {
    const addressOf = async (service: string): Promise<string> =>
      (await stack.compose('exec', '-T', service, 'sh', '-c', 'tail -n 1 /etc/hosts')).split(/\s/)[0] ?? '';
    const [machine = '', port = ''] = stack.origin.hostPort.split(':'); // everything outside would be reached by it
    const engineEnd = (await addressOf('worker')).replace(/\d+$/, '1'); // of the worker's network
    const others = [
      [machine, port],
      [engineEnd, port],
      [await addressOf('icecast'), '8000'],
      [await addressOf('nginx'), '8080'],
      [await addressOf('icecast'), '8001'],
    ];
    const connects = async (host: string, to: string): Promise<boolean> => {
      const program = `
        const socket = require('node:net').connect({ host: '${host}', port: ${to} });
        socket.setTimeout(3000, () => socket.destroy());
        socket.on('connect', () => { console.log('connected'); socket.destroy(); }).on('error', () => {});`;
      return (await stack.compose('exec', '-T', 'worker', 'node', '-e', program)).includes('connected');
    };
    expect([await connects('yt-app', '5000'), await connects('egress', '5003')]).toEqual([true, true]);
    for (const [host = '', to = ''] of others) expect([host, await connects(host, to)]).toEqual([host, false]);
    await stack.compose('stop', 'egress');
    for (const [host = '', to = ''] of others) expect([host, await connects(host, to)]).toEqual([host, false]);
    await stack.compose('up', '--detach', '--wait', 'egress');
  });

  test('three jobs with two workers: are shared by both, and become ready', async () => {
    await stack.compose('up', '--detach', '--wait', '--scale', 'worker=2', '--no-recreate');
    stack.origin.throttle(60_000); // none ends before all have started, and a worker runs two at once
    const sources = ['a', 'b', 'c'].map((name) => `${stack.origin.url}${fixturePaths.mp4}?${name}`);
    const jobs = await Promise.all(sources.map((url) => stack.api.createJob({ url, type: 'video' })));
    const workers = await until(async () => {
      const found = await workersOf(jobs.map(({ id }) => id));
      return found.length >= jobs.length && found;
    }, 30).finally(() => stack.origin.throttle(undefined));
    expect(new Set(workers).size).toBe(2);
    for (const { id } of jobs) await until(async () => (await stack.api.getJob(id)).state === 'ready', 60);
    await stack.compose('up', '--detach', '--wait', '--scale', 'worker=1', '--no-recreate');
  });

  // Before the next test, which ends these containers and their logs.
  test('every secret: is in no log, no environment or command line of a container, and no image', async () => {
    const secrets = await stack.secrets();
    expect(secrets.get('telegram_token')).toBe(stack.telegram.token);
    expect(secrets.get('owner_code')).toBe(stack.ownerCode);
    const namesIn = (text: string) => [...secrets].filter(([, value]) => text.includes(value)).map(([name]) => name);

    expect(namesIn(await stack.log())).toEqual([]);
    const containers = linesOf(await stack.compose('ps', '--all', '--quiet'), /^[0-9a-f]{12,64}$/);
    expect(containers.length).toBeGreaterThanOrEqual(6);
    for (const container of containers) {
      const settings = await stack.docker('inspect', container); // with its environment and command line
      expect(settings).toMatch(/"(NODE_ENV=production|POSTGRES_USER=linkcast)"/); // the environment is among them
      expect(namesIn(settings)).toEqual([]);
    }
    const listed = await stack.docker('image', 'ls', '--quiet', '--no-trunc', '--filter', 'reference=linkcast/*');
    const images = linesOf(listed, /^sha256:[0-9a-f]{64}$/);
    expect(images.length).toBeGreaterThanOrEqual(5); // the worker has that of yt-app
    for (const image of images) {
      expect(namesIn(await stack.docker('image', 'inspect', image))).toEqual([]);
      expect(namesIn(await stack.docker('image', 'history', '--no-trunc', image))).toEqual([]);
    }
  });

  test('docker compose down, a copy of the database, then up: keeps the library', async () => {
    const before = await stack.api.listMedia();
    expect(before.media.length).toBeGreaterThan(0);
    await stack.compose('down');
    const moved = await stack.make('move-database', 'ARGS=--to sqlite'); // PostgreSQL stays as it is
    expect(moved).toMatch(new RegExp(`media\\D+${before.media.length}\\b`));
    await stack.compose('up', '--detach', '--wait');
    const after = await until(() => stack.api.listMedia(), 30);
    expect(after.media.map((item) => item.id)).toEqual(before.media.map((item) => item.id));
  });
});

function linesOf(text: string, pattern: RegExp): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => pattern.test(line));
}
