import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalStack } from '../../support/local-stack.ts';
import { listenToTheStation, sendALinkInTelegram, watchWhileItDownloads } from '../../support/scenarios.ts';
import type { Stack } from '../../support/stack.ts';

describe('make local', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startLocalStack();
  });
  afterAll(() => stack.close());

  test('a link plays in Chromium while it downloads, and again when it is ready', () => watchWhileItDownloads(stack));
  test('a song airs on the station, and /play is MP3', () => listenToTheStation(stack));
  test('a link sent in Telegram is answered at once, followed, and ends in a link that plays', () =>
    sendALinkInTelegram(stack));

  test('nothing secret is in the log', async () => {
    const log = await stack.log();
    expect(log).not.toContain(stack.telegram.token);
    expect(log).not.toMatch(/[Bb]earer [A-Za-z0-9]/);
  });
});
