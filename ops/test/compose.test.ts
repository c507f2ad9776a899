import {
  generatedFiles,
  isOwnersOwn,
  neededSettings,
  partNames,
  partSettings,
  secretFiles,
  serviceKeyFiles,
  type PartName,
} from '@linkcast/contracts';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Service {
  readonly [key: string]: unknown;
  readonly environment: Record<string, string>;
  readonly networks: string[];
  readonly secrets: string[];
  readonly volumes?: unknown[];
  readonly tmpfs: string[];
}

const names = partNames;
let services: Record<string, Service>;

beforeAll(async () => {
  const text = await readFile(path.resolve(import.meta.dirname, '../../docker-compose.yml'), 'utf8');
  ({ services } = parse(text, { merge: true }) as { services: Record<string, Service> }); // our own file
});

const service = (name: PartName): Service => {
  const found = services[name];
  if (!found) throw new Error(`docker-compose.yml has no ${name}`);
  return found;
};

/** Settings that keep their defaults inside a container, which holds nothing else. */
const KEPT_AT_DEFAULT = [
  'PORT',
  'HTTP_PORT',
  'HTTPS_PORT',
  'ICECAST_PORT',
  'SITE_DIR',
  'TOOLS_DIR',
  'CERTBOT_FILE',
  'WORKER_NAME',
];

/** The owner's own. */
const FOR_NO_PART = ['api_token'];

describe.each(names)('%s in docker-compose.yml', (name) => {
  test('its limits: are read-only, no capabilities, not root, bounded', () => {
    expect(service(name)).toMatchObject({
      read_only: true,
      init: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      user: '${LINKCAST_UID:-1000}:${LINKCAST_GID:-1000}',
      restart: 'unless-stopped',
      stop_grace_period: '20s',
      logging: { options: { 'max-size': '10m', 'max-file': '3' } },
    });
    expect(service(name)['pids_limit']).toBeGreaterThan(0);
    expect(service(name)).toHaveProperty('mem_limit');
    expect(service(name)).toHaveProperty('cpus');
    for (const mount of service(name).tmpfs) expect(mount).toMatch(/size=.*noexec,nosuid,nodev/);
  });

  test('its environment: has every setting of the part and no unknown one', () => {
    const known: readonly string[] = partSettings[name].filter((key) => !isOwnersOwn(key));
    const given = Object.keys(service(name).environment).map((key) =>
      known.includes(key) ? key : key.replace(/_FILE$/, ''),
    );
    expect(known.filter((key) => !given.includes(key) && !KEPT_AT_DEFAULT.includes(key))).toEqual([]);
    expect(given.filter((key) => !known.includes(key))).toEqual([]);
  });

  test('its secrets: are passed as files only, and only its own', () => {
    const { environment, secrets } = service(name);
    const files = Object.values(environment).filter((value) => value.startsWith('/run/secrets/'));
    expect(files.map((file) => path.basename(file)).toSorted()).toEqual(secrets.toSorted());
    expect(
      Object.keys(environment).filter(
        (key) => /TOKEN|PASSWORD|PASSPHRASE|CODE$|KEY/.test(key) && !key.endsWith('_FILE'),
      ),
    ).toEqual([]);
  });

  test('its health: is checked by health-check.sh', () => {
    expect(service(name)).toHaveProperty('healthcheck.test.1', '/app/health-check.sh');
  });
});

describe('docker-compose.yml', () => {
  test('parts that need a setting: are started only with it', () => {
    const scales = names.flatMap((name) =>
      service(name)['scale'] === undefined ? [] : [[name, service(name)['scale']]],
    );
    expect(Object.fromEntries(scales)).toEqual({
      ddns: '0${DOMAIN_NAME:+1}',
      certbot: '0${DOMAIN_NAME:+1}',
      bot: '${LINKCAST_BOT:-0}',
      backup: '0${BACKUP_DIR:+1}',
    });
    expect(Object.keys(neededSettings).toSorted()).toEqual(scales.map(([name]) => name).toSorted());
  });

  test('the network to the internet: is joined by four parts only', () => {
    const outgoing = names.filter((name) => service(name).networks.includes('internet'));
    expect(outgoing).toEqual(['egress', 'ddns', 'certbot', 'bot']);
  });

  test('folders that others read: are written by few parts, media by yt-app and worker', () => {
    const writersOf = (folder: string): PartName[] =>
      names.filter((name) => service(name).volumes?.some((volume) => String(volume).endsWith(`:${folder}`)));
    expect(writersOf('/media')).toEqual(['yt-app', 'worker']);
    expect(writersOf('/data/certificate')).toEqual(['certbot']);
  });

  test('the stored secrets: are each given to a part, except the token of the owner', () => {
    const given = new Set(names.flatMap((name) => service(name).secrets));
    const kept = [secretFiles, generatedFiles, serviceKeyFiles].flatMap((files) => Object.values<string>(files));
    expect([...given].toSorted()).toEqual(kept.filter((file) => !FOR_NO_PART.includes(file)).toSorted());
  });

  test.each(Object.entries(serviceKeyFiles))('the key of %s: is given to that part only', (owner, file) => {
    const readers = names.filter((name) => service(name).secrets.includes(file));
    expect(readers).toEqual(names.filter((name) => name === owner));
  });
});
