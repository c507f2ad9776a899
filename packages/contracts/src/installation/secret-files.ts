import type { ServiceName } from '../access/service-name.ts';

/** The secrets that the owner may set and `ops/prepare.sh` keeps, each with the name of its file in `DATA_DIR/secrets/`. */
export const secretFiles = {
  API_TOKEN: 'api_token',
  EGRESS_KEY: 'egress_key',
  COOKIE_KEY: 'cookie_key',
  ICECAST_SOURCE_PASSWORD: 'icecast_source_password',
  ICECAST_ADMIN_PASSWORD: 'icecast_admin_password',
  OWNER_CODE: 'owner_code',
  DATABASE_URL: 'database_url',
  BACKUP_PASSPHRASE: 'backup_passphrase',
  TELEGRAM_TOKEN: 'telegram_token',
  IONOS_TOKEN: 'ionos_token',
  IONOS_UPDATE_URL: 'ionos_update_url',
  CLOUDFLARE_TOKEN: 'cloudflare_token',
  DUCKDNS_TOKEN: 'duckdns_token',
  DYNDNS2_PASSWORD: 'dyndns2_password',
  DDNS_UPDATE_URL: 'ddns_update_url',
} as const;

export type SecretName = keyof typeof secretFiles;
export const secretNames = Object.keys(secretFiles) as SecretName[]; // keys of that very object

/** The file of each part's SERVICE_KEY, which `ops/prepare.sh` generates and nobody sets. */
export const serviceKeyFiles = {
  nginx: 'nginx_key',
  icecast: 'icecast_key',
  worker: 'worker_key',
  bot: 'bot_key',
  certbot: 'certbot_key',
  'yt-app': 'yt_app_key',
} as const satisfies Record<ServiceName, string>;

/** The file of the password of the stack's own database server, which `ops/prepare.sh` generates and nobody sets. */
export const databasePasswordFile = 'postgres_password';

/** Further files of `ops/prepare.sh`, by setting. They are not secret, and all readers get the same. */
export const generatedFiles = { KEY_DIGESTS: 'key_digests', INSTALLATION_MARK: 'installation_mark' } as const;

/** No part gets the owner's token: yt-app compares with its digest in KEY_DIGESTS. */
const OWNERS_OWN: readonly string[] = ['API_TOKEN' satisfies SecretName];

/** The name of the file that holds a setting of a part; undefined: the setting is in no file. */
export function settingFile(part: string, setting: string): string | undefined {
  const files: Readonly<Record<string, string>> = { ...secretFiles, ...generatedFiles, ...keyFileOf(part) };
  return isOwnersOwn(setting) || !Object.hasOwn(files, setting) ? undefined : files[setting];
}

/** Reports whether a setting is a secret for the owner alone. */
export function isOwnersOwn(setting: string): boolean {
  return OWNERS_OWN.includes(setting);
}

function keyFileOf(part: string): Record<string, string> {
  return Object.hasOwn(serviceKeyFiles, part) ? { SERVICE_KEY: serviceKeyFiles[part as ServiceName] } : {}; // just checked
}
