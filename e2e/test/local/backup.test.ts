import { findFreePort, fixturePaths, openChromium, startPostgres, until } from '@linkcast/testing';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startLocalStack, type LocalStack } from '../../support/local-stack.ts';
import { createOwner } from '../../support/visitor.ts';

const OWNER = 4711;
const PASSPHRASE = 'correct horse battery staple';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'linkcast-e2e-backup-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function start(dataDir: string, settings: Record<string, string>): Promise<LocalStack> {
  const ports = { httpPort: await findFreePort(), httpsPort: await findFreePort() };
  const stack = await startLocalStack({ ...ports, dataDir, settings });
  onTestFinished(() => stack.close());
  return stack;
}

/** Plays an item on its page, with the session of the owner. */
async function play(stack: LocalStack, pagePath: string): Promise<void> {
  const browser = await openChromium();
  try {
    const player = await (await createOwner(browser, stack)).watch(`${stack.siteUrl}${pagePath}`);
    await player.reach(2);
  } finally {
    await browser.close();
  }
}

test.each(['SQLite', 'PostgreSQL'])(
  'with %s: backup, loss of all data, restore, and everything plays',
  async (kind) => {
    const server = kind === 'PostgreSQL' ? await startPostgres() : undefined;
    if (server) onTestFinished(() => server.close());
    const databaseSetting = async (): Promise<Record<string, string>> =>
      server ? { DATABASE_URL: await server.createDatabase() } : {};
    const [dataDir, directory] = [await temporaryFolder(), await temporaryFolder()];
    const settings = { BACKUP_DIR: directory, BACKUP_PASSPHRASE: PASSPHRASE, INCLUDE_MEDIA: '1' };
    const first = await start(dataDir, { ...settings, ...(await databaseSetting()) });
    first.telegram.say(OWNER, `/start ${first.ownerCode}`);
    const job = await first.api.createJob({ url: `${first.origin.url}${fixturePaths.dash}?backup`, type: 'video' });
    const ready = await until(async () => {
      const now = await first.api.getJob(job.id);
      return now.state === 'ready' ? now : undefined;
    }, 90);
    const page = ready.links.page ?? '';
    await until(async () => (await first.api.listPeople()).people.length > 0, 20);
    const people = await first.api.listPeople();

    expect(await first.make('backup')).toContain('The secrets are in it, encrypted.');
    const [name = ''] = await readdir(directory);
    const from = path.join(directory, name);
    await expect(first.make('restore', { FROM: from })).rejects.toThrow(/is running|in use/);
    expect((await first.api.getJob(job.id)).state).toBe('ready');
    await first.stop();
    await rm(dataDir, { recursive: true });

    const lost = { ...settings, ...(await databaseSetting()) };
    await expect(
      first.make('restore', { ...lost, FROM: from, BACKUP_PASSPHRASE: 'a wrong passphrase' }),
    ).rejects.toThrow('The passphrase does not open the secrets');
    await expect(readdir(dataDir)).rejects.toThrow('ENOENT');
    expect(await first.make('restore', { ...lost, FROM: from })).toContain('Everything is restored.');
    const second = await start(dataDir, lost);
    expect((await second.api.listPeople()).people.map(({ id }) => id)).toEqual(people.people.map(({ id }) => id));
    expect(await second.api.getJob(job.id)).toMatchObject({ state: 'ready', mediaId: ready.mediaId });
    await play(second, page);
  },
  400_000,
);
