import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createDuckDnsStandIn,
  createProviderServer,
  plainAnswer,
  type ProviderFault,
  type ProviderServer,
} from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { NameProvider } from '../../src/providers/provider.ts';
import { providers } from '../../src/providers/providers.ts';
import {
  CLOUDFLARE_TOKEN,
  createDeps,
  DUCKDNS_TOKEN,
  DYNDNS2_PASSWORD,
  DYNDNS2_USER,
  IONOS_KEY,
  NAME,
  signal,
  UPDATE_KEY,
} from './provider-fixture.ts';

let server: ProviderServer;

beforeEach(async () => {
  server = await createProviderServer(() => plainAnswer('not used: every test sets a fault'));
});
afterEach(() => server.close());

const secrets = [IONOS_KEY, CLOUDFLARE_TOKEN, DUCKDNS_TOKEN, DYNDNS2_PASSWORD, UPDATE_KEY];
const makers: Record<string, (url: string) => NameProvider> = {
  IONOS: (url) => providers.ionos.create({ IONOS_TOKEN: IONOS_KEY, IONOS_API_ROOT: url }, createDeps()),
  'IONOS update URL': (url) =>
    providers.ionos.create({ IONOS_UPDATE_URL: `${url}/dyndns?q=${UPDATE_KEY}` }, createDeps()),
  Cloudflare: (url) => providers.cloudflare.create({ CLOUDFLARE_TOKEN, CLOUDFLARE_API_ROOT: url }, createDeps()),
  DuckDNS: (url) => providers.duckdns.create({ DUCKDNS_TOKEN, DUCKDNS_API_ROOT: url }, createDeps()),
  dyndns2: (url) => providers.dyndns2.create({ DYNDNS2_SERVER: url, DYNDNS2_USER, DYNDNS2_PASSWORD }, createDeps()),
  'plain URL': (url) => providers.url.create({ DDNS_UPDATE_URL: `${url}/update/${UPDATE_KEY}` }, createDeps()),
};
/** Answers that providers without a fixed answer accept. */
const tolerated = new Set([
  'nonsense plain URL',
  'empty plain URL',
  'nonsense IONOS update URL',
  'empty IONOS update URL',
]);
const tooMany: ProviderFault = { status: 429, contentType: 'application/json', body: '[]' };
const wrongType: ProviderFault = { status: 200, contentType: 'text/html', body: '[]' };
const faults: [string, ProviderFault, RegExp][] = [
  ['error', 'error', /error 500/],
  ['html', 'html', /did not come from/],
  ['wrong type', wrongType, /did not come from/],
  ['redirect', 'redirect', /redirects to another address/],
  ['nonsense', 'nonsense', /did not come from/],
  ['empty', 'empty', /did not come from/],
  ['huge', 'huge', /did not come from/],
  ['nothing', 'nothing', /did not respond in time/],
  ['too many', tooMany, /too many requests/],
];
const cases = Object.keys(makers).flatMap((provider) =>
  faults
    .filter(([name]) => !tolerated.has(`${name} ${provider}`))
    .map(([name, fault, sentence]) => ({ provider, name, fault, sentence })),
);

async function faultOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test.each(cases)(
  'the answer "$name" of $provider: is a temporary fault with a sentence without secrets',
  async (one) => {
    server.fail(one.fault);
    const provider = makers[one.provider]?.(server.url) ?? expect.fail();
    const error = await faultOf(provider.write(NAME, { ipv4: '8.8.4.4', ipv6: undefined }, signal));
    expect(error).toMatchObject({ name: 'ProviderFault', kind: 'temporary' });
    expect(String(error)).toMatch(one.sentence);
    expect(server.requests).toHaveLength(1); // no redirect was followed, and nothing retried
    const shown = `${String(error)} ${JSON.stringify(error)} ${error instanceof Error ? String(error.stack) : ''}`;
    for (const secret of secrets) expect(shown).not.toContain(secret);
  },
);

test('an unreachable provider: is a temporary fault', async () => {
  const provider = makers['DuckDNS']?.('http://127.0.0.1:9') ?? expect.fail();
  const error = await faultOf(provider.write(NAME, { ipv4: '8.8.4.4', ipv6: undefined }, signal));
  expect(error).toMatchObject({ kind: 'temporary' });
  expect(String(error)).toContain('cannot be reached');
});

test('a provider with a self-signed certificate: gets no request, and is a temporary fault', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-ddns-'));
  const [key, cert] = [path.join(directory, 'key.pem'), path.join(directory, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
  execFileSync('openssl', ['req', ...kind, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
  const tls = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  const secure = await createDuckDnsStandIn({ subname: 'linkcast', token: DUCKDNS_TOKEN, tls });
  try {
    const provider = makers['DuckDNS']?.(secure.url) ?? expect.fail();
    const error = await faultOf(provider.write('linkcast.duckdns.org', { ipv4: '8.8.4.4', ipv6: undefined }, signal));
    expect(error).toMatchObject({ kind: 'temporary' });
    expect(String(error)).toContain('certificate');
    expect(secure.requests).toEqual([]);
  } finally {
    await secure.close();
    await rm(directory, { recursive: true });
  }
});
