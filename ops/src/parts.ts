import { isOwnersOwn, partNames, partSettings, settingFile, siteUrl, type PartName } from '@linkcast/contracts';
import { MEMORY_SETTINGS, minimalEnvironment, type Environment } from '@linkcast/kit';
import path from 'node:path';
import type { OpsConfig } from './config.ts';
import { secretPath } from './secret-files.ts';

/** One part as a program on this machine. */
export interface Part {
  readonly name: PartName;
  /** Relative to the root of the repository. */
  readonly main: string;
  /** The whole environment: of the settings, only the part's own. */
  readonly env: Readonly<Record<string, string>>;
}

/** The parts that are further programs of yt-app. */
const PROGRAMS_OF_YT_APP: readonly PartName[] = ['worker', 'backup'];

/** The bundle of each part's service. */
function mainOf(name: PartName): string {
  return PROGRAMS_OF_YT_APP.includes(name) ? `dist/yt-app/${name}/main.js` : `dist/${name}/main.js`;
}

/** The folder in `dist` with the programs of a part. */
export function programsOf(name: PartName): string {
  return PROGRAMS_OF_YT_APP.includes(name) ? 'dist/yt-app' : `dist/${name}`;
}

/** The main file of a part among the sources, relative to the root of the repository. */
export function sourceMainOf(name: PartName): string {
  return PROGRAMS_OF_YT_APP.includes(name) ? `yt-app/src/${name}/main.ts` : `${name}/src/main.ts`;
}

/** The variables of libfaketime, by which tests shift the clock of a whole installation. */
const TEST_CLOCK = ['LD_PRELOAD', 'FAKETIME_TIMESTAMP_FILE', 'FAKETIME_CACHE_DURATION', 'FAKETIME_DONT_FAKE_MONOTONIC'];
/** Variables that every program gets besides its settings: the trusted certificates, the time zone, and the clock of a test. */
const PASSED_ON = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'TZ', ...TEST_CLOCK];

/** The addresses that nginx listens on: everybody's once there is a name to come by, otherwise to this machine. */
function listenAddress({ BIND_ADDRESS, DOMAIN_NAME, HOME_NAMES }: OpsConfig): string {
  return BIND_ADDRESS ?? (DOMAIN_NAME === undefined && HOME_NAMES === undefined ? '127.0.0.1' : '0.0.0.0');
}

/** The address at which nginx answers requests from this machine. */
export function reachableAddress(config: OpsConfig): string {
  const [first = ''] = listenAddress(config).split(/[\s,]+/);
  return first === '0.0.0.0' ? '127.0.0.1' : first;
}

/** Plans the parts for a start without Docker. Each gets its own settings and secrets only. */
export function planParts(config: OpsConfig, environment: Environment, root: string): Part[] {
  const data = path.resolve(root, config.DATA_DIR);
  const fixed = fixedSettings(config, root, data);
  return partNames.map((name) => ({
    name,
    main: mainOf(name),
    env: {
      ...minimalEnvironment(path.join(data, name)),
      ...MEMORY_SETTINGS,
      ...pick(environment, PASSED_ON),
      ...settingsOf(name, environment, fixed[name], data),
    },
  }));
}

/** Settings that the owner does not choose: the addresses of the parts and the paths of their files. */
function fixedSettings(config: OpsConfig, root: string, data: string): Record<PartName, Record<string, string>> {
  const onLoopback = (port: number): string => `http://127.0.0.1:${port}`;
  const shared = {
    DATA_DIR: data,
    MEDIA_DIR: path.resolve(root, config.MEDIA_DIR ?? path.join(data, 'media')),
    CERTIFICATE_DIR: path.join(data, 'certificate'),
    SITE_URL: siteUrl(config),
    HTTP_PORT: String(config.HTTP_PORT),
    HTTPS_PORT: String(config.HTTPS_PORT),
    ICECAST_PORT: String(config.ICECAST_PORT),
    YT_APP_URL: onLoopback(config.YT_APP_PORT),
    ICECAST_URL: onLoopback(config.ICECAST_PORT),
    STATION_URL: onLoopback(config.STATION_PORT),
    DDNS_URL: config.DOMAIN_NAME === undefined ? '' : onLoopback(config.DDNS_PORT),
    CERTBOT_URL: config.DOMAIN_NAME === undefined ? '' : onLoopback(config.CERTBOT_PORT),
    EGRESS_URL: onLoopback(config.EGRESS_PORT),
    ...(config.BACKUP_DIR === undefined ? {} : { BACKUP_DIR: path.resolve(root, config.BACKUP_DIR) }),
  };
  const withOwnFolder = (name: PartName) => ({ ...shared, DATA_DIR: path.join(data, name) });
  return {
    'yt-app': {
      ...withOwnFolder('yt-app'),
      PORT: String(config.YT_APP_PORT),
    },
    egress: { ...shared, PORT: String(config.EGRESS_PORT) },
    worker: { ...withOwnFolder('worker'), PORT: '0', TOOLS_DIR: path.join(root, '.tools') }, // nobody checks it here
    icecast: { ...shared, PORT: String(config.STATION_PORT) },
    nginx: { ...shared, LISTEN_ADDRESS: listenAddress(config), SITE_DIR: path.join(root, 'web/dist') },
    ddns: { ...withOwnFolder('ddns'), PORT: String(config.DDNS_PORT), ...ipv6Record(config) },
    certbot: { ...shared, PORT: String(config.CERTBOT_PORT) },
    bot: withOwnFolder('bot'),
    backup: shared,
  };
}

/** No AAAA record may lead to where nginx does not listen. */
function ipv6Record(config: OpsConfig): Record<string, string> {
  return listenAddress(config).includes(':') ? {} : { DDNS_IPV6: 'off' };
}

function settingsOf(name: PartName, environment: Environment, fixed: Record<string, string>, data: string) {
  const settings: Record<string, string> = {};
  for (const key of partSettings[name]) {
    const file = settingFile(name, key);
    if (Object.hasOwn(fixed, key)) settings[key] = fixed[key] ?? '';
    else if (file !== undefined) settings[`${key}_FILE`] = secretPath(data, file);
    else if (!isOwnersOwn(key)) Object.assign(settings, pick(environment, [key, `${key}_FILE`]));
  }
  return settings;
}

function pick(environment: Environment, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}
