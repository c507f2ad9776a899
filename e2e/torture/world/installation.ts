import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { localPortSettings, secretFiles, serviceKeyFiles } from '@linkcast/contracts';
import { findFreePort, type SmallDisk, type TestClock } from '@linkcast/testing';
import { PART_ENVIRONMENT } from './part-environment.ts';
import type { Outside } from './outside.ts';

/** Telegram ids; the first is an owner. */
export const people = [4711, 4712, 4713, 4714] as const;

/** All but the owner's code, which is printed for the owner. */
const SECRETS = Object.values({ ...secretFiles, ...serviceKeyFiles }).filter((name) => name !== secretFiles.OWNER_CODE);

export const dataDirectoryOn = ({ folder }: SmallDisk): string => path.join(folder, 'data');

/** The settings of the installation, as variables of `make local`. */
export async function installationSettings(
  { sourceUrl, telegram, telegramUrl, databaseUrl }: Outside,
  disk: SmallDisk,
  clock: TestClock,
): Promise<Record<string, string>> {
  const settings: Record<string, string> = {
    DATA_DIR: dataDirectoryOn(disk),
    ALLOW_PRIVATE_SOURCES: new URL(sourceUrl).host,
    YTDLP_CHANNEL: 'pinned',
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegramUrl,
    OWNERS: String(people[0]),
    ALLOWED_USERS: people.slice(1).join(','),
    NODE_OPTIONS: `--import=${path.join(import.meta.dirname, 'part-environment.ts')}`,
    [PART_ENVIRONMENT]: JSON.stringify(clock.environment),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  for (const name of localPortSettings) settings[name] = String(await findFreePort());
  return settings;
}

export function readSecret(dataDirectory: string, name: string): Promise<string> {
  return readFile(path.join(dataDirectory, 'secrets', name), 'utf8').then((text) => text.trim());
}

/** The contents of the secret files that exist, by name. */
export async function readSecrets(dataDirectory: string): Promise<Map<string, string>> {
  const found = await Promise.all(
    SECRETS.map(async (name) => [name, await readSecret(dataDirectory, name).catch(() => '')] as const),
  );
  return new Map(found.filter(([, value]) => value !== ''));
}
