import { EXIT_CONFIG, minimalEnvironment, type Environment } from '@linkcast/kit';
import path from 'node:path';
import type { z } from 'zod';
import { BotConfig } from '../../bot/src/config.ts';
import { IcecastConfig } from '../../icecast/src/config.ts';
import { NginxConfig } from '../../nginx/src/config.ts';
import { YtAppConfig } from '../../yt-app/src/config.ts';
import type { OpsConfig } from './config.ts';
import { secretFile, secretFiles, type SecretName } from './secret-files.ts';

export type PartName = 'yt-app' | 'icecast' | 'nginx' | 'bot';

/** Each part's settings, in the order in which the parts start. */
export const partSchemas = {
  'yt-app': YtAppConfig,
  icecast: IcecastConfig,
  nginx: NginxConfig,
  bot: BotConfig,
} as const satisfies Record<PartName, z.ZodObject>;

/** What a part ends with when it refuses its settings: starting it again would not help. */
export const REFUSES_SETTINGS = EXIT_CONFIG;

/** One part as a program on this machine. */
export interface Part {
  readonly name: PartName;
  /** Relative to the root of the repository. */
  readonly main: string;
  /** The whole environment: of the settings, only the part's own. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * For Node itself. What it compiled is kept, which saves a start 25 MB and most of its time; yt-app's young generation is
 * kept small, which saves 13 MB more while bytes stream through the egress proxy.
 */
function nodeSettings(name: PartName, data: string): Record<string, string> {
  const cache = { NODE_COMPILE_CACHE: path.join(data, 'node-cache') };
  return name === 'yt-app' ? { ...cache, NODE_OPTIONS: '--max-semi-space-size=1' } : cache;
}

/** What every program may see besides its settings: whose certificates to trust, and the time zone. */
const PASSED_ON = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'TZ'];

/** The public root of the site, as people reach it. */
export function siteUrl(config: OpsConfig): string {
  if (config.SITE_URL !== undefined) return config.SITE_URL;
  return config.DOMAIN_NAME === undefined ? `http://localhost:${config.HTTP_PORT}` : `https://${config.DOMAIN_NAME}`;
}

/** How the parts run on this machine without Docker: all on loopback, each with its own settings and secrets only. */
export function planParts(config: OpsConfig, environment: Environment, root: string): Part[] {
  const data = path.resolve(root, config.DATA_DIR);
  const media = path.resolve(root, config.MEDIA_DIR ?? path.join(data, 'media'));
  const ytAppUrl = `http://127.0.0.1:${config.YT_APP_PORT}`;
  const shared = { MEDIA_DIR: media, YT_APP_URL: ytAppUrl };
  const own: Record<PartName, Record<string, string>> = {
    'yt-app': {
      PORT: String(config.YT_APP_PORT),
      STATION_URL: `http://127.0.0.1:${config.STATION_PORT}`,
      DATA_DIR: path.join(data, 'yt-app'),
      TOOLS_DIR: path.join(root, '.tools'),
    },
    icecast: { PORT: String(config.STATION_PORT), ICECAST_PORT: String(config.ICECAST_PORT), DATA_DIR: data },
    nginx: {
      HTTP_PORT: String(config.HTTP_PORT),
      HTTPS_PORT: String(config.HTTPS_PORT),
      ICECAST_URL: `http://127.0.0.1:${config.ICECAST_PORT}`,
      SITE_DIR: path.join(root, 'web/dist'),
      DATA_DIR: data,
    },
    bot: { DATA_DIR: path.join(data, 'bot'), SITE_URL: siteUrl(config) },
  };
  return (Object.keys(partSchemas) as PartName[]).map((name) => ({
    name,
    main: `${name}/src/main.ts`,
    env: {
      ...minimalEnvironment(path.join(data, name)),
      ...nodeSettings(name, data),
      ...pick(environment, PASSED_ON),
      ...settingsOf(name, environment, { ...shared, ...own[name] }, data),
    },
  }));
}

function settingsOf(name: PartName, environment: Environment, fixed: Record<string, string>, data: string) {
  const settings: Record<string, string> = {};
  for (const key of Object.keys(partSchemas[name].shape)) {
    if (Object.hasOwn(fixed, key)) settings[key] = fixed[key] ?? '';
    else if (Object.hasOwn(secretFiles, key))
      settings[`${key}_FILE`] = secretFile(data, key as SecretName); // just checked
    else Object.assign(settings, pick(environment, [key, `${key}_FILE`]));
  }
  return settings;
}

function pick(environment: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}
