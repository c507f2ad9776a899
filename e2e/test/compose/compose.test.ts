import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort, until } from '@linkcast/testing';
import { startComposeStack, type ComposeStack } from '../../support/compose-stack.ts';
import { testScenarios } from '../../support/scenarios.ts';

/** Needs a Docker engine, and minutes to build the images: `make test-compose`. */
describe.runIf(process.env['E2E_COMPOSE'] === '1')('make up', () => {
  let stack: ComposeStack;
  beforeAll(async () => {
    stack = await startComposeStack({ httpPort: await findFreePort(), httpsPort: await findFreePort() });
  }, 900_000);
  afterAll(() => stack.close());

  testScenarios(() => stack);

  test('YouTube’s solver runs in the image, where nothing can be written', async () => {
    const solve =
      'cd /tmp && TMPDIR=/tmp DENO_DIR=/app/.tools/deno /app/.tools/bin/deno run --ext=js --no-code-cache --no-prompt --no-remote --no-lock --node-modules-dir=none --no-config --cached-only -';
    const library =
      '/app/.tools/yt-dlp/usr/lib/python3/dist-packages/yt_dlp/extractor/youtube/jsc/_builtin/vendor/yt.solver.deno.lib.js';
    const output = await stack.compose('exec', '-T', 'yt-app', 'sh', '-c', `${solve} < ${library}`);
    expect(output).toBe(''); // yt-dlp takes any word on standard error for a failure
  });

  test('a taken-over decoder reaches nothing in the image: the kit’s own tests, run by the image’s programs', async () => {
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
      'yt-app',
    ];
    const output = await stack.compose(...container, 'node', ...vitest.split(' '), 'packages/kit/test/sandbox');
    expect(output).toMatch(/in 'landlock'.*as a decoder: reaches nothing/); // with colours between
  });

  test('docker compose down and up keeps the library', async () => {
    const before = await stack.api.listMedia();
    expect(before.media.length).toBeGreaterThan(0);
    await stack.compose('down');
    await stack.compose('up', '--detach', '--wait');
    const after = await until(() => stack.api.listMedia(), 30);
    expect(after.media.map((item) => item.id)).toEqual(before.media.map((item) => item.id));
  });

  test('nothing secret is in the log, in the containers’ settings, or in the images', async () => {
    const log = await stack.log();
    expect(log).not.toContain(stack.telegram.token);
    expect(log).not.toContain(stack.ownerCode);
    const config = await stack.compose('exec', '-T', 'bot', 'env');
    expect(config).not.toContain(stack.telegram.token);
  });
});
