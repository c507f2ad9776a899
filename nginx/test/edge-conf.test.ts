import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ensureCertificate } from '../src/certificate.ts';
import { quote, renderConf } from '../src/conf-block.ts';
import { renderEdgeConf } from '../src/edge-conf.ts';
import type { EdgeSettings } from '../src/edge-settings.ts';
import { chooseWorkerUser } from '../src/worker-user.ts';
import { findConfFault, hasHttp2Directive } from '../src/nginx-program.ts';

const local: EdgeSettings = {
  httpPort: 8080,
  httpsPort: 4433,
  listenAddresses: ['127.0.0.1', '::1'],
  siteDirectory: '/srv/linkcast/site',
  mediaDirectory: '/srv/linkcast/media',
  stateDirectory: '/srv/linkcast/data/nginx',
  ytAppUrl: 'http://127.0.0.1:5000',
  icecastUrl: 'http://127.0.0.1:8000',
  apiToken: 'an-example-token-0123456789',
  nameServers: [],
  hasHttp2Directive: false,
  workerUser: 'www-data',
  accessLogPort: 5514,
};

const publicDomain: EdgeSettings = {
  httpPort: 8080,
  httpsPort: 4433,
  listenAddresses: ['0.0.0.0'],
  domainName: 'media.example.org',
  siteDirectory: '/srv/site',
  mediaDirectory: '/media',
  stateDirectory: '/data/nginx',
  ytAppUrl: 'http://yt-app:5000',
  icecastUrl: 'http://icecast:8000',
  apiToken: 'an-example-token-0123456789',
  nameServers: ['127.0.0.11'],
  hasHttp2Directive: true,
  accessLogPort: 5514,
};

const cases = { 'no-domain': local, 'domain-public': publicDomain };

test.each(Object.entries(cases))('the configuration, %s, is the golden one', async (name, settings) => {
  await expect(renderEdgeConf(settings)).toMatchFileSnapshot(`golden/${name}.conf`);
});

test.each(Object.entries(cases))(
  'the configuration, %s, is accepted by the nginx of this machine',
  async (_, settings) => {
    const directory = await mkdtemp(path.join(os.tmpdir(), 'edge-conf-'));
    await mkdir(path.join(directory, 'temp'));
    await ensureCertificate(directory, ['localhost']);
    const text = renderEdgeConf({
      ...settings,
      workerUser: await chooseWorkerUser(process.getuid?.(), [directory]),
      listenAddresses: ['127.0.0.1'],
      stateDirectory: directory,
      hasHttp2Directive: await hasHttp2Directive(directory),
    });
    const file = path.join(directory, 'nginx.conf');
    await writeFile(file, text);
    expect(await findConfFault(file, directory)).toBeUndefined();
    await writeFile(file, `${text}nonsense;\n`);
    expect(await findConfFault(file, directory)).toContain('nonsense');
    await rm(directory, { recursive: true });
  },
);

test.each(Object.values(cases))('the configuration adds headers in http only, where none can drop them', (settings) => {
  const levels = [...renderEdgeConf(settings).matchAll(/^( *)add_header /gm)].map((match) => match[1]?.length);
  expect(new Set(levels)).toEqual(new Set([2]));
});

test('the configuration for the public hands out the token for reading only', () => {
  const holders = renderEdgeConf(publicDomain)
    .split('\n')
    .filter((line) => line.includes(publicDomain.apiToken));
  expect(holders.map((line) => line.trim().split(' ')[0])).toEqual(['GET', 'HEAD']);
});

const hostile: Record<string, Partial<EdgeSettings>> = {
  domainName: { domainName: 'a.org; return 200' },
  apiToken: { apiToken: 'a"; evil on; #0123456789' },
  mediaDirectory: { mediaDirectory: '/media"; } evil {' },
  siteDirectory: { siteDirectory: 'relative/path' },
  stateDirectory: { stateDirectory: '/data/$host' },
  ytAppUrl: { ytAppUrl: 'http://a:1/$request_uri' },
  icecastUrl: { icecastUrl: 'http://a;b' },
  listenAddresses: { listenAddresses: ['127.0.0.1:80; #'] },
  nameServers: { nameServers: ['1.1.1.1 evil'] },
};

test.each(Object.entries(hostile))('the configuration, a hostile %s, is not made', (_, change) => {
  expect(() => renderEdgeConf({ ...local, ...change })).toThrow();
});

test('a block, a value that ends its directive, is not written', () => {
  const write = (value: string) => renderConf((root) => root.directive('server_name', value));
  for (const value of ['a; evil on', 'a } server {', 'a # b', '"open', 'a\nb'])
    expect(() => write(value)).toThrow(/end/);
  expect(write('"a; b"')).toBe('server_name "a; b";\n');
});

test('a quoted literal, a dollar sign, is refused, because nginx has no way to write one', () => {
  expect(() => quote('5 $')).toThrow(/\$/);
  expect(quote('a "b" \\')).toBe(String.raw`"a \"b\" \\"`);
});
