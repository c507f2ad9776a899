import { findFreePort, openChromium } from '@linkcast/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalStack } from '../../support/local-stack.ts';
import {
  listenToTheStation,
  sendALinkInTelegram,
  shareAndRevoke,
  signInFromTelegram,
  watchWhileItDownloads,
} from '../../support/scenarios.ts';
import type { Stack } from '../../support/stack.ts';
import { signIn } from '../../support/visitor.ts';

describe('make local', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startLocalStack({ httpPort: await findFreePort(), httpsPort: await findFreePort() });
  });
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

  test('nothing secret is in the log', async () => {
    const log = await stack.log();
    expect(log).not.toContain(stack.telegram.token);
    expect(log).not.toMatch(/[Bb]earer [A-Za-z0-9]/);
    expect(log).not.toMatch(/\/s\/[\w-]{22}/); // share tokens
    const printed = log.split(stack.signInLink).length - 1; // make local prints it, nobody else
    expect(log.match(/sign-in#/g)).toHaveLength(printed);
  });
});
