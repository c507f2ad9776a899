import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import type { SecretArchive } from '../backup/secret-archive.ts';
import { quotedSetting, SETTINGS_NAME } from '../make-backup/stored-settings.ts';

/**
 * Settings that are restored from a backup that no passphrase vouches for. Others would let its maker choose folders that are
 * closed to other users or deleted, servers that get tokens, or the files and images of Docker.
 */
export const HARMLESS_SETTINGS: readonly string[] = [
  ...['ACCESS', 'ACME_CHALLENGE', 'ALLOWED_USERS', 'BACKUP_EVERY', 'BACKUP_KEEP', 'BIND_ADDRESS', 'CERTBOT_PORT'],
  ...['COMPOSE_PROFILES', 'CPUS', 'DDNS_IPV6', 'DDNS_PORT', 'DDNS_PROVIDER', 'DDNS_SCHEDULE', 'DDNS_TTL'],
  ...['DOMAIN_NAME', 'DOWNLOAD_CONCURRENCY', 'EGRESS_PORT', 'HOME_NAMES', 'HOST_CONCURRENCY', 'HOST_GAP', 'HTTP_PORT'],
  ...['HTTPS_PORT', 'ICECAST_PORT', 'INCLUDE_MEDIA', 'LANGUAGE', 'LOG_LEVEL', 'MAX_DURATION', 'MAX_HEIGHT'],
  ...['MAX_LIVE_DURATION', 'MAX_PLAYLIST', 'MAX_SIZE'],
  ...[
    'OWNERS',
    'SERVER_ADMIN',
    'SHARE_LIFETIME',
    'SITE_URL',
    'SPARE_DOWNLOADERS',
    'SPONSORBLOCK',
    'STALL_TIMEOUT',
    'STATION_PORT',
    'STORAGE_LIMIT',
  ],
  ...['VISIBILITY', 'YTDLP_CHANNEL', 'YTDLP_CHECK_EVERY', 'YT_APP_PORT'],
];
/** The place of the database belongs to the machine: a trial on a second one would replace the database that is in use. */
const PLACE_OF_DATABASE = ['DATABASE_URL', 'DATABASE_URL_FILE'];
const DATABASE_LINE = new RegExp(`^\\s*(export\\s+)?(${PLACE_OF_DATABASE.join('|')})\\s*[=:]`);
const NAME = /^[A-Z][A-Z0-9_]*$/;

/**
 * The content of `.env`, without the place of the database: the whole one where the backup has the secrets, or else the settings
 * that are none.
 *
 * @param unprovedNote says what to do with the settings that are only comments because nothing proves who wrote them
 */
export async function readSettings(
  backup: string,
  secrets: SecretArchive | undefined,
  unprovedNote: string,
): Promise<string> {
  if (secrets !== undefined) return withoutDatabase(secrets.dotEnv ?? '');
  return harmlessOf(await readFile(path.join(backup, SETTINGS_NAME), 'utf8'), unprovedNote);
}

function withoutDatabase(dotEnv: string): string {
  return dotEnv
    .split('\n')
    .filter((line) => !DATABASE_LINE.test(line))
    .join('\n');
}

function harmlessOf(dotEnv: string, unprovedNote: string): string {
  const lines = Object.entries(parseEnv(dotEnv)).flatMap(([name, value]) => {
    const quoted = quotedSetting(value ?? '');
    if (!NAME.test(name) || PLACE_OF_DATABASE.includes(name) || quoted === undefined) return [];
    return [HARMLESS_SETTINGS.includes(name) ? `${name}=${quoted}` : `#${name}=${quoted}`];
  });
  const unproved = lines.filter((line) => line.startsWith('#'));
  const restored = lines.filter((line) => !line.startsWith('#'));
  const all = [...restored, ...(unproved.length > 0 ? [`# ${unprovedNote}`, ...unproved] : [])];
  return all.map((line) => `${line}\n`).join('');
}
