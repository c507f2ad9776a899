import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findFreePort, openChromium, until } from '@linkcast/testing';
import { startComposeStack, type ComposeStack } from '../../support/compose-stack.ts';
import {
  listenToTheStation,
  sendALinkInTelegram,
  shareAndRevoke,
  signInFromTelegram,
  watchWhileItDownloads,
} from '../../support/scenarios.ts';
import { signIn } from '../../support/visitor.ts';

/** Needs a Docker engine, and minutes to build the images: `make test-compose`. */
describe.runIf(process.env['E2E_COMPOSE'] === '1')('make up', () => {
  let stack: ComposeStack;
  beforeAll(async () => {
    stack = await startComposeStack({ httpPort: await findFreePort(), httpsPort: await findFreePort() });
  }, 900_000);
  afterAll(() => stack.close());

  test('the sign-in link that was printed lets the owner in', async () => {
    const browser = await openChromium();
    try {
      const owner = await signIn(browser, stack.signInLink);
      expect((await owner.open(`${stack.siteUrl}/`)).status).toBe(200);
    } finally {
      await browser.close();
    }
  });

  test('a link plays in Chromium while it downloads, and again when it is ready', () => watchWhileItDownloads(stack));
  test('a song airs on the station, and /play is MP3', () => listenToTheStation(stack));
  test('a link sent in Telegram is answered at once, followed, and ends in a link that plays', () =>
    sendALinkInTelegram(stack));
  test('/signin in Telegram is answered with a link that signs one browser in', () => signInFromTelegram(stack));
  test('everything is private, and a share opens one item until it is revoked', () => shareAndRevoke(stack));

  test('YouTube’s solver runs in the image, where nothing can be written', async () => {
    const solve =
      'cd /tmp && TMPDIR=/tmp DENO_DIR=/app/.tools/deno /app/.tools/bin/deno run --ext=js --no-code-cache --no-prompt --no-remote --no-lock --node-modules-dir=none --no-config --cached-only -';
    const library =
      '/app/.tools/yt-dlp/usr/lib/python3/dist-packages/yt_dlp/extractor/youtube/jsc/_builtin/vendor/yt.solver.deno.lib.js';
    const output = await stack.compose('exec', '-T', 'yt-app', 'sh', '-c', `${solve} < ${library}`);
    expect(output).toBe(''); // yt-dlp takes any word on standard error for a failure
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
