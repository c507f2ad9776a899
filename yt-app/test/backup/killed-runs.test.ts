import { backupNames, proveBackup } from '@linkcast/kit';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { newestSchemas } from '../../src/backup/newest-schemas.ts';
import { makeInstallation, readTree, type Installation } from '../fixtures/installation.ts';
import { audioItem } from '../fixtures/library-items.ts';
import { storesOf } from '../fixtures/stores-of.ts';

const SOURCES = path.resolve(import.meta.dirname, '../../src');
const KILLER = path.join(import.meta.dirname, 'kill-at.ts');
const LIMIT_MS = 280_000;

/** Runs a program that is killed before its n-th change; 0: it ends by itself. @returns the number of its changes, when it has ended so */
async function run(
  installation: Installation,
  program: string,
  args: string[],
  killAt: number,
): Promise<number | undefined> {
  const countFile = path.join(installation.root, 'count');
  const child = spawn(process.execPath, ['--import', KILLER, path.join(SOURCES, program, 'main.ts'), ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: path.join(tmpdir(), 'linkcast-node-cache'),
      DATA_DIR: installation.dataDir,
      MEDIA_DIR: installation.mediaDir,
      BACKUP_DIR: installation.directory,
      KILL_AT: String(killAt),
      COUNT_FILE: countFile,
    },
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (signal === 'SIGKILL') return undefined;
  expect(code).toBe(0);
  return Number(await readFile(countFile, 'utf8'));
}

test(
  'a backup that is killed before any of its changes: leaves no half that counts, and the next one clears up',
  async () => {
    const installation = await makeInstallation();
    const changes = (await run(installation, 'make-backup', [], 0)) ?? 0;
    expect(changes).toBeGreaterThan(10);
    for (let killAt = 1; killAt <= changes; killAt += 1) {
      await run(installation, 'make-backup', [], killAt);
      for (const name of await backupNames(installation.directory))
        await proveBackup(path.join(installation.directory, name), newestSchemas);
    }
    await run(installation, 'make-backup', [], 0);
    const names = await backupNames(installation.directory);
    expect(await readdir(installation.directory)).toEqual(names.toReversed());
  },
  LIMIT_MS,
);

test(
  'a restore that is killed before any of its changes: has changed nothing, or is completed by the next one',
  async () => {
    const installation = await makeInstallation();
    const { dataDir, root } = installation;
    const { path: backup } = await installation.backup();
    await storesOf(installation.database).items.save(audioItem(99, { title: 'of the earlier database' }));
    await installation.stop();
    const template = path.join(root, 'template');
    await cp(dataDir, template, { recursive: true });
    const dataOf = async (): Promise<object> => {
      const { 'yt-app/yt-app.sqlite': ytApp, 'bot/bot.sqlite': bot } = await readTree(dataDir);
      return { ytApp, bot };
    };
    const earlier = await dataOf();
    const args = ['--from', backup];
    const changes = (await run(installation, 'restore-backup', args, 0)) ?? 0;
    const restored = await dataOf();
    expect(restored).not.toEqual(earlier);

    const ends = { unchanged: 0, completed: 0 };
    for (let killAt = 1; killAt <= changes; killAt += 1) {
      await rm(dataDir, { recursive: true });
      await mkdir(dataDir);
      await cp(template, dataDir, { recursive: true });
      await run(installation, 'restore-backup', args, killAt);
      const isHalf = (await readdir(dataDir)).includes('restore.ready');
      if (isHalf) await run(installation, 'restore-backup', args, 0);
      const data = await dataOf();
      expect([earlier, restored]).toContainEqual(data);
      if (isHalf) {
        expect(data).toEqual(restored);
        const aside = (await readdir(dataDir)).filter((name) => name.startsWith('before-restore'));
        expect(aside).toHaveLength(1);
        const kept = await readTree(path.join(dataDir, aside[0] ?? ''));
        expect({ ytApp: kept['yt-app/yt-app.sqlite'], bot: kept['bot/bot.sqlite'] }).toEqual(earlier);
      }
      ends[isHalf ? 'completed' : 'unchanged'] += 1;
    }
    expect(ends.unchanged).toBeGreaterThan(5);
    expect(ends.completed).toBeGreaterThan(3);
  },
  LIMIT_MS,
);
