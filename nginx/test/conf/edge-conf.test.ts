import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { renderEdgeConf } from '../../src/conf/edge-conf.ts';
import type { EdgeSettings } from '../../src/settings/edge-settings.ts';
import { readNginxFeatures } from '../../src/settings/nginx-features.ts';
import { findConfFault } from '../../src/process/nginx-program.ts';
import { ensureSelfSignedCertificate } from '../../src/certificate/self-signed-certificate.ts';
import { chooseWorkerUser } from '../../src/settings/worker-user.ts';
import { createTestAuthority } from '../fixtures/test-authority.ts';

const debian12 = { http2Directive: false, http3: false, hybridKeyExchange: false };
const debian13 = { http2Directive: true, http3: true, hybridKeyExchange: true };

const local: EdgeSettings = {
  httpPort: 8080,
  httpsPort: 4433,
  listenAddresses: ['127.0.0.1', '::1'],
  homeNames: ['server.lan', '192.168.1.20', 'fd00::1'],
  access: 'private',
  siteDirectory: '/srv/linkcast/site',
  mediaDirectory: '/srv/linkcast/media',
  stateDirectory: '/srv/linkcast/data/nginx',
  runtimeDirectory: '/dev/shm/linkcast',
  certificateDirectory: '/srv/linkcast/data/certificate',
  ytAppUrl: 'http://127.0.0.1:5000',
  icecastUrl: 'http://127.0.0.1:8000',
  serviceKey: 'an-example-token-0123456789',
  installationMark: '0123456789abcdef0123456789abcdef',
  nameServers: [],
  features: debian12,
  workerUser: 'www-data',
  accessLogPort: 5514,
};

const domain: EdgeSettings = {
  ...local,
  listenAddresses: ['0.0.0.0'],
  homeNames: [],
  domainName: 'media.example.org',
  siteDirectory: '/srv/site',
  mediaDirectory: '/media',
  stateDirectory: '/data/nginx',
  certificateDirectory: '/certificate',
  ytAppUrl: 'http://yt-app:5000',
  icecastUrl: 'http://icecast:8000',
  nameServers: ['127.0.0.11'],
  features: debian13,
};
const certified: EdgeSettings = {
  ...domain,
  certificateFile: '/data/nginx/pair.pem',
  publicOrigin: 'https://media.example.org:8443',
};

const cases: Record<string, EdgeSettings> = {
  'no-domain-private': local,
  'no-domain-public': { ...local, access: 'public' },
  'domain-self-signed-private': domain,
  'domain-self-signed-public': { ...domain, access: 'public' },
  'domain-certificate-private': certified,
  'domain-certificate-public': { ...certified, access: 'public' },
};

test.each(Object.entries(cases))('the configuration %s: equals its golden file', async (name, settings) => {
  await expect(renderEdgeConf(settings)).toMatchFileSnapshot(`golden/${name}.conf`);
});

test.each(Object.entries(cases))(
  'the configuration %s: is accepted by the installed nginx, unless nonsense is added to it',
  async (_, settings) => {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'edge-conf-'));
    await mkdir(path.join(directory, 'temp'));
    await ensureSelfSignedCertificate(directory, ['localhost']);
    const certificateFile = settings.certificateFile && path.join(directory, 'pair.pem');
    if (certificateFile) {
      await writeFile(certificateFile, await (await createTestAuthority(directory)).issue('media.example.org'));
    }
    const text = renderEdgeConf({
      ...settings,
      workerUser: await chooseWorkerUser(process.getuid?.(), undefined, { readable: [], enterable: [directory] }),
      listenAddresses: ['127.0.0.1'],
      stateDirectory: directory,
      runtimeDirectory: directory,
      certificateFile,
      features: await readNginxFeatures(directory),
    });
    const file = path.join(directory, 'nginx.conf');
    await writeFile(file, text);
    expect(await findConfFault(file, directory)).toBeUndefined();
    await writeFile(file, `${text}nonsense;\n`);
    expect(await findConfFault(file, directory)).toContain('nonsense');
    await rm(directory, { recursive: true });
  },
);

test.each(Object.values(cases))('the configuration: adds headers in the http block only', (settings) => {
  const levels = [...renderEdgeConf(settings).matchAll(/^( *)add_header /gm)].map((match) => match[1]?.length);
  expect(new Set(levels)).toEqual(new Set([2]));
});

test.each(Object.entries(cases))('the configuration %s: has the key in the access check only', (_, settings) => {
  const lines = renderEdgeConf(settings)
    .split('\n')
    .filter((line) => line.includes(settings.serviceKey));
  expect(lines.map((line) => line.trim())).toEqual([`proxy_set_header Authorization "Bearer ${settings.serviceKey}";`]);
});

test('access decisions: are used for 60 s at most, including the wait for a new one', () => {
  const text = renderEdgeConf(local);
  const [, fresh, stale] = /204 "max-age=(\d+), stale-while-revalidate=(\d+), stale-if-error=\2"/.exec(text) ?? [];
  const wait = /location = \/access \{[^]*?proxy_read_timeout (\d+)s;/.exec(text)?.[1];
  expect(Number(fresh) + Number(stale) + Number(wait)).toBe(60);
});

test('with HTTP/3: the configuration has one reuseport per address and announces the public port', () => {
  const text = renderEdgeConf({ ...certified, listenAddresses: ['0.0.0.0', '::'] });
  expect(text.match(/ quic reuseport default_server;/g)).toHaveLength(2);
  expect(text.match(/ quic;/g)).toHaveLength(2);
  expect(text).toContain(String.raw`"h3=\":8443\"; ma=86400"`);
});

const hostile: Record<string, Partial<EdgeSettings>> = {
  domainName: { domainName: 'a.org; return 200' },
  homeNames: { homeNames: ['server.lan; }'] },
  publicOrigin: { publicOrigin: 'https://a.org/; return 200' },
  serviceKey: { serviceKey: 'a"; evil on; #0123456789' },
  mediaDirectory: { mediaDirectory: '/media"; } evil {' },
  siteDirectory: { siteDirectory: 'relative/path' },
  stateDirectory: { stateDirectory: '/data/$host' },
  runtimeDirectory: { runtimeDirectory: '/dev/shm/"; evil' },
  certificateDirectory: { certificateDirectory: '/a;b' },
  certificateFile: { certificateFile: '/a";b' },
  installationMark: { installationMark: '0; evil' },
  ytAppUrl: { ytAppUrl: 'http://a:1/$request_uri' },
  icecastUrl: { icecastUrl: 'http://a;b' },
  listenAddresses: { listenAddresses: ['127.0.0.1:80; #'] },
  nameServers: { nameServers: ['1.1.1.1 evil'] },
};

test.each(Object.entries(hostile))('the configuration with a hostile %s: is not rendered', (_, change) => {
  expect(() => renderEdgeConf({ ...local, ...change })).toThrow();
});
