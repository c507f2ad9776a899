import { partNames, secretFiles } from '@linkcast/contracts';
import { minimalEnvironment, runProgram } from '@linkcast/kit';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

interface Port {
  readonly host_ip: string;
  readonly published: string;
  readonly target: number;
  readonly protocol: string;
}

interface Service {
  readonly environment: Record<string, string>;
  readonly ports?: Port[];
  readonly volumes?: { readonly type: string; readonly source: string; readonly target: string }[];
  readonly networks: Record<string, unknown>;
  readonly [key: string]: unknown;
}

interface Rendered {
  readonly services: Record<string, Service>;
  readonly networks: Record<string, { internal?: boolean; driver_opts?: Record<string, string> }>;
  readonly secrets: Record<string, { file: string }>;
}

const source = path.resolve(import.meta.dirname, '../..');
let root: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'compose-'));
  await mkdir(path.join(root, 'ops'));
  for (const file of ['docker-compose.yml', 'ops/published-ports.yml'])
    await copyFile(path.join(source, file), path.join(root, file));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function docker(args: readonly string[]): Promise<string | undefined> {
  const { outcome, stdout } = await runProgram({
    file: 'docker',
    args: ['compose', ...args],
    env: minimalEnvironment(os.homedir()),
    cwd: root,
    wallSeconds: 30,
  });
  return outcome.kind === 'finished' ? stdout : undefined;
}

/** The file as Compose itself renders it, with these lines in `.env`. */
async function render(...dotEnv: string[]): Promise<Rendered> {
  await writeFile(path.join(root, '.env'), dotEnv.join('\n'));
  const text = await docker(['config', '--format', 'json']);
  if (text === undefined) throw new Error('docker compose config refuses the file');
  return JSON.parse(text) as Rendered; // Compose's own format
}

const hasCompose = await runProgram({
  file: 'docker',
  args: ['compose', 'version'],
  env: minimalEnvironment(os.homedir()),
  wallSeconds: 30,
}).then(({ outcome }) => outcome.kind === 'finished');

/** Runs in CI beside the stack itself, where Docker is (`make test-compose`). */
describe.runIf(hasCompose)('docker-compose.yml, as Compose reads it', () => {
  const addresses = ({ services }: Rendered): string[] => [
    ...new Set(services['nginx']?.ports?.map(({ host_ip }) => host_ip)),
  ];

  test('all services: are the parts and nothing else, each confined', async () => {
    const { services } = await render();
    expect(Object.keys(services).toSorted()).toEqual([...partNames].toSorted());
    for (const service of Object.values(services)) {
      expect(service).toMatchObject({
        read_only: true,
        init: true,
        user: '1000:1000',
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
      });
      for (const limit of ['pids_limit', 'mem_limit', 'cpus']) expect(Number(service[limit])).toBeGreaterThan(0);
      for (const key of ['privileged', 'cap_add', 'devices', 'network_mode', 'pid', 'ipc', 'userns_mode'])
        expect(service).not.toHaveProperty(key);
    }
  });

  test('with COMPOSE_PROFILES=postgres: has the database server too, which only yt-app and the backup reach', async () => {
    const { services, networks } = await render('COMPOSE_PROFILES=postgres');
    expect(Object.keys(services).toSorted()).toEqual([...partNames, 'postgres'].toSorted());
    expect(services['postgres']).toMatchObject({ read_only: true, user: '1000:1000', cap_drop: ['ALL'] });
    const inNetwork = Object.keys(services).filter((name) => 'database' in (services[name]?.networks ?? {}));
    expect(inNetwork.toSorted()).toEqual(['backup', 'postgres', 'yt-app']);
    expect(Object.keys(services['postgres']?.networks ?? {})).toEqual(['database']);
    expect(networks['database']).toMatchObject({ internal: true });
  });

  test('all volumes: are within the data folder, without the Docker socket; only the backup has all of it', async () => {
    const { services } = await render();
    for (const [name, { volumes = [] }] of Object.entries(services))
      for (const { source: from } of volumes) {
        const isAllowed = from.startsWith(path.join(root, 'data/')) || from === '/dev/null';
        expect([name, from, isAllowed]).toEqual([name, from, name !== 'backup' || from !== path.join(root, 'data')]);
      }
  });

  test('with secrets in .env: no environment contains one', async () => {
    const secrets = Object.keys(secretFiles).map((name) => `${name}=very-secret-${name.length}`);
    const rendered = await render(...secrets, 'DOMAIN_NAME=media.test', 'DDNS_PROVIDER=ionos');
    expect(JSON.stringify(rendered)).not.toContain('very-secret');
    for (const { file } of Object.values(rendered.secrets))
      expect(path.dirname(file)).toBe(path.join(root, 'data/secrets'));
  });

  test('with other ports: publishes them for nginx only, HTTPS over TCP and UDP', async () => {
    const { services } = await render('HTTP_PORT=81', 'HTTPS_PORT=444');
    expect(Object.keys(services).filter((name) => services[name]?.ports !== undefined)).toEqual(['nginx']);
    const ports = services['nginx']?.ports?.map(({ published, target, protocol }) => [published, target, protocol]);
    expect(ports).toEqual([
      ['81', 8080, 'tcp'],
      ['444', 4433, 'tcp'],
      ['444', 4433, 'udp'],
    ]);
  });

  test.each([
    ['without a name', [], '127.0.0.1'],
    ['with DOMAIN_NAME', ['DOMAIN_NAME=media.test'], '0.0.0.0'],
    ['with HOME_NAMES', ['HOME_NAMES=server.lan'], '0.0.0.0'],
    ['with both', ['DOMAIN_NAME=media.test', 'HOME_NAMES=server.lan'], '0.0.0.0'],
    ['with a name and BIND_ADDRESS', ['DOMAIN_NAME=media.test', 'BIND_ADDRESS=192.0.2.7'], '192.0.2.7'],
    ['without a name and BIND_ADDRESS', ['BIND_ADDRESS=0.0.0.0'], '0.0.0.0'],
  ])('%s: publishes on the expected address', async (_, dotEnv, address) => {
    expect(addresses(await render(...dotEnv))).toEqual([address]);
  });

  test.each([
    ['without a name', ['HTTP_PORT=81'], 'http://localhost:81'],
    ['with DOMAIN_NAME', ['DOMAIN_NAME=media.test'], 'https://media.test'],
    ['with SITE_URL too', ['DOMAIN_NAME=media.test', 'SITE_URL=https://media.test:4433'], 'https://media.test:4433'],
  ])('%s: gives every part the same public root', async (_, dotEnv, url) => {
    const { services } = await render(...dotEnv);
    const given = Object.values(services).flatMap(({ environment }) => environment['SITE_URL'] ?? []);
    expect(given).toEqual([url, url, url, url]);
  });

  test.each([
    ['without a name and a token', [], { ddns: 0, certbot: 0, bot: 0, backup: 0 }],
    ['with a name', ['DOMAIN_NAME=media.test'], { ddns: 1, certbot: 1, bot: 0, backup: 0 }],
    ['with a token, as make up remembers it', ['LINKCAST_BOT=1'], { ddns: 0, certbot: 0, bot: 1, backup: 0 }],
    ['with a folder for backups', ['BACKUP_DIR=/srv/backup'], { ddns: 0, certbot: 0, bot: 0, backup: 1 }],
  ])('%s: starts the configured parts', async (_, dotEnv, scales) => {
    const { services } = await render(...dotEnv);
    const found = Object.entries(services).flatMap(([name, { scale }]) => (scale === undefined ? [] : [[name, scale]]));
    expect(Object.fromEntries(found)).toEqual(scales);
    expect(services['yt-app']?.environment['DDNS_URL']).toBe(scales.ddns === 1 ? 'http://ddns:5001' : '');
  });

  test('with a private ACME server: mounts its CA for certbot only', async () => {
    await writeFile(path.join(root, 'ca.pem'), '');
    const { services } = await render('ACME_CA_FILE=./ca.pem');
    expect(services['certbot']?.environment['ACME_CA_FILE']).toBe('/acme-ca.pem');
    const mounts = Object.entries(services).filter(([, { volumes }]) =>
      volumes?.some(({ source: from }) => from === path.join(root, 'ca.pem')),
    );
    expect(mounts.map(([name]) => name)).toEqual(['certbot']);
  });

  test('the network of the parts: has no access to the internet', async () => {
    const { networks, services } = await render();
    expect(networks['parts']?.internal).toBe(true);
    expect(networks['front']?.driver_opts).toEqual({ 'com.docker.network.bridge.enable_ip_masquerade': 'false' });
    expect(Object.keys(services['nginx']?.networks ?? {}).toSorted()).toEqual(['front', 'parts']);
    expect(Object.keys(services['icecast']?.networks ?? {})).toEqual(['parts']);
  });

  test('yt-app: reaches the internet through the egress proxy only', async () => {
    const { networks, services } = await render();
    expect(networks['work']?.internal).toBe(true);
    const networksOf = (name: string): string[] => Object.keys(services[name]?.networks ?? {}).toSorted();
    expect(networksOf('yt-app')).toEqual(['database', 'parts', 'work']);
    expect(networksOf('egress')).toEqual(['internet', 'work']);
  });
});
