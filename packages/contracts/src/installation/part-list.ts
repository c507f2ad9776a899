/** The parts of an installation, in the order in which they start. `worker` is the second program of yt-app. */
export const partNames = ['yt-app', 'egress', 'worker', 'icecast', 'nginx', 'ddns', 'certbot', 'bot'] as const;
export type PartName = (typeof partNames)[number];

/**
 * The settings that each part reads. docker-compose.yml and `make local` pass these to a part, and no others. A part prints the
 * same names, with their descriptions, when it is started with `--describe-settings`; a test of ops compares them.
 */
export const partSettings = {
  'yt-app': [
    'HOST',
    'PORT',
    'API_TOKEN',
    'SERVICE_KEY',
    'KEY_DIGESTS',
    'MEDIA_DIR',
    'DATA_DIR',
    'ACCESS',
    'SHARE_LIFETIME',
    'DDNS_URL',
    'CERTBOT_URL',
    'EGRESS_URL',
    'EGRESS_KEY',
    'HTTP_PORT',
    'HTTPS_PORT',
    'STATION_URL',
    'MAX_HEIGHT',
    'MAX_DURATION',
    'MAX_SIZE',
    'STORAGE_LIMIT',
    'ALLOW_PRIVATE_SOURCES',
    'LOG_LEVEL',
  ],
  egress: ['HOST', 'PORT', 'EGRESS_KEY', 'ALLOW_PRIVATE_SOURCES', 'DOMAIN_NAME', 'OWN_ADDRESSES', 'LOG_LEVEL'],
  worker: [
    'YT_APP_URL',
    'SERVICE_KEY',
    'HOST',
    'PORT',
    'WORKER_NAME',
    'MEDIA_DIR',
    'TOOLS_DIR',
    'DOWNLOAD_CONCURRENCY',
    'STORAGE_LIMIT',
    'STALL_TIMEOUT',
    'LOG_LEVEL',
  ],
  icecast: [
    'HOST',
    'PORT',
    'ICECAST_HOST',
    'ICECAST_PORT',
    'SERVICE_KEY',
    'KEY_DIGESTS',
    'YT_APP_URL',
    'MEDIA_DIR',
    'DATA_DIR',
    'ICECAST_SOURCE_PASSWORD',
    'ICECAST_ADMIN_PASSWORD',
    'LOG_LEVEL',
  ],
  nginx: [
    'HTTP_PORT',
    'HTTPS_PORT',
    'LISTEN_ADDRESS',
    'DOMAIN_NAME',
    'SITE_URL',
    'HOME_NAMES',
    'ACCESS',
    'SITE_DIR',
    'MEDIA_DIR',
    'DATA_DIR',
    'CERTIFICATE_DIR',
    'YT_APP_URL',
    'ICECAST_URL',
    'SERVICE_KEY',
    'INSTALLATION_MARK',
    'LOG_LEVEL',
  ],
  ddns: [
    'DOMAIN_NAME',
    'DDNS_PROVIDER',
    'DDNS_SCHEDULE',
    'DDNS_TTL',
    'DDNS_IPV6',
    'DDNS_SOURCES',
    'DDNS_ALLOW_RANGES',
    'DNS_SERVERS',
    'NAMESERVER_PORT',
    'ROUTER_ADDRESS',
    'SITE_URL',
    'KEY_DIGESTS',
    'INSTALLATION_MARK',
    'HOST',
    'PORT',
    'DATA_DIR',
    'LOG_LEVEL',
    'IONOS_TOKEN',
    'IONOS_UPDATE_URL',
    'IONOS_API_ROOT',
    'CLOUDFLARE_TOKEN',
    'CLOUDFLARE_API_ROOT',
    'DUCKDNS_TOKEN',
    'DUCKDNS_API_ROOT',
    'DYNDNS2_SERVER',
    'DYNDNS2_USER',
    'DYNDNS2_PASSWORD',
    'DDNS_UPDATE_URL',
  ],
  certbot: [
    'HOST',
    'PORT',
    'SERVICE_KEY',
    'KEY_DIGESTS',
    'DOMAIN_NAME',
    'SERVER_ADMIN',
    'ACME_DIRECTORY',
    'ACME_CA_FILE',
    'ACME_CHALLENGE',
    'CERTIFICATE_DIR',
    'DATA_DIR',
    'DDNS_URL',
    'CERTBOT_FILE',
    'LOG_LEVEL',
  ],
  bot: [
    'TELEGRAM_TOKEN',
    'TELEGRAM_API_ROOT',
    'ALLOWED_USERS',
    'OWNERS',
    'OWNER_CODE',
    'YT_APP_URL',
    'SERVICE_KEY',
    'DATA_DIR',
    'SITE_URL',
    'LOG_LEVEL',
  ],
} as const satisfies Record<PartName, readonly string[]>;

/** A setting without which a part has nothing to do. */
export type NeededSetting = 'DOMAIN_NAME' | 'TELEGRAM_TOKEN';

/** The parts that are started only when a setting is set. */
export const neededSettings: Readonly<Partial<Record<PartName, NeededSetting>>> = {
  ddns: 'DOMAIN_NAME',
  certbot: 'DOMAIN_NAME',
  bot: 'TELEGRAM_TOKEN',
};

/** Reports whether a part is started, given which of the needed settings are set. */
export function isConfigured(name: PartName, isSet: Readonly<Record<NeededSetting, boolean>>): boolean {
  const needed = neededSettings[name];
  return needed === undefined || isSet[needed];
}
