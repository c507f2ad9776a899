import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** The secrets that `ops/prepare.sh` keeps, and the setting that each is. */
export const secretFiles = {
  API_TOKEN: 'api_token',
  EGRESS_KEY: 'egress_key',
  ICECAST_SOURCE_PASSWORD: 'icecast_source_password',
  ICECAST_ADMIN_PASSWORD: 'icecast_admin_password',
  OWNER_CODE: 'owner_code',
  TELEGRAM_TOKEN: 'telegram_token',
  IONOS_TOKEN: 'ionos_token',
  IONOS_UPDATE_URL: 'ionos_update_url',
  CLOUDFLARE_TOKEN: 'cloudflare_token',
  DUCKDNS_TOKEN: 'duckdns_token',
  DYNDNS2_PASSWORD: 'dyndns2_password',
  DDNS_UPDATE_URL: 'ddns_update_url',
} as const;

export type SecretName = keyof typeof secretFiles;
export const secretNames = Object.keys(secretFiles) as SecretName[];

/** Where a secret is kept, below `dataDirectory`. */
export function secretFile(dataDirectory: string, name: SecretName): string {
  return path.join(dataDirectory, 'secrets', secretFiles[name]);
}

/** The secret, or undefined while there is none (no token yet, or nothing prepared). */
export async function readSecret(dataDirectory: string, name: SecretName): Promise<string | undefined> {
  const text = await readFile(secretFile(dataDirectory, name), 'utf8').catch(() => ''); // missing, or not ours to read
  return text.trim() || undefined;
}
