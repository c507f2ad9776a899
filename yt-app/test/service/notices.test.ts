import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startYtApp, until } from '@linkcast/testing';
import { expect, test } from 'vitest';

const DAY_MS = 86_400_000;

test(
  'a yt-dlp of 40 days, without a public name: is a notice of /api/health, the same one after a crash',
  { timeout: 240_000 },
  async () => {
    const tools = await mkdtemp(path.join(tmpdir(), 'linkcast-tools-'));
    const released = new Date(Date.now() - 40 * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '.');
    await mkdir(path.join(tools, 'bin'));
    await writeFile(path.join(tools, 'bin/yt-dlp'), `#!/bin/sh\necho ${released}\n`);
    await chmod(path.join(tools, 'bin/yt-dlp'), 0o755);
    const service = await startYtApp({ TOOLS_DIR: tools });
    const notice = async () =>
      (await service.api.health()).notices.find(({ key }) => key.startsWith('downloader-old:'));
    try {
      const first = await until(notice, 90);
      expect(first).toMatchObject({
        severity: 'warning',
        sentence: expect.stringContaining(`yt-dlp ${released} is 40 days old`) as string,
        action: { sentence: expect.stringContaining('.tools/yt-dlp') as string },
      });
      await service.kill('SIGKILL');
      await service.start();
      expect(await notice()).toEqual(first);
    } finally {
      await service.close();
      await rm(tools, { recursive: true });
    }
  },
);
