import { parseProxyAddress } from '@linkcast/contracts';
import { issueEgressTicket } from '@linkcast/kit';
import {
  createOriginServer,
  startOutboundProxy,
  type OriginServer,
  type OutboundProxyOptions,
} from '@linkcast/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProxyFixture, KEY, portOf, type ProxyFixture } from '../proxy/proxy-fixture.ts';

const PASSWORD = 'correct horse';
let origin: OriginServer;
let canary: OriginServer;
let proxy: ProxyFixture;
const closers: (() => Promise<void>)[] = [];

beforeEach(async () => {
  [origin, canary] = await Promise.all([createOriginServer(), createOriginServer()]);
  origin.text('/hello', 'text/plain', 'hello');
  proxy = await createProxyFixture({
    allowPrivate: [origin.hostPort],
    names: { 'private.example': ['127.0.0.1'], 'public.example': ['93.184.216.34'], 'outbound.lan': ['127.0.0.1'] },
    handshakeMs: 300,
  });
  closers.push(
    () => proxy.close(),
    () => origin.close(),
    () => canary.close(),
  );
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function by(options: OutboundProxyOptions) {
  const outbound = await startOutboundProxy(options);
  closers.push(() => outbound.close());
  const credentials = options.credentials === undefined ? '' : `someone:${encodeURIComponent(PASSWORD)}@`;
  const upstream = parseProxyAddress(`${options.kind}://${credentials}127.0.0.1:${outbound.port}`);
  return { outbound, proxyUrl: proxy.proxyUrl({ upstream }) };
}

const KINDS = ['http', 'socks5'] as const;

test.each(KINDS)(
  'a source by a %s proxy: is reached by its checked address, with and without a tunnel',
  async (kind) => {
    const { outbound, proxyUrl } = await by({ kind });
    expect(await proxy.get(`${origin.url}/hello`, proxyUrl)).toBe(200);
    expect(await proxy.openTunnel(origin.hostPort, proxyUrl)).toBe(200);
    expect(outbound.targets).toEqual([origin.hostPort, origin.hostPort]);
  },
);

test.each(KINDS)('a %s proxy with a password: gets it from the ticket, which does not show it', async (kind) => {
  const { outbound, proxyUrl } = await by({ kind, credentials: `someone:${PASSWORD}` });
  expect(await proxy.get(`${origin.url}/hello`, proxyUrl)).toBe(200);
  expect(outbound.targets).toHaveLength(1);
  const ticket = Buffer.from(new URL(proxyUrl).username, 'base64url').toString();
  expect(ticket).not.toContain(PASSWORD);
  expect(ticket).not.toContain('someone');
  expect(ticket).not.toContain(String(outbound.port));
});

test.each(KINDS)('a %s proxy with another password: refuses, and the target is not reached', async (kind) => {
  const { proxyUrl } = await by({ kind, credentials: 'someone:else' });
  expect(await proxy.get(`${origin.url}/hello`, proxyUrl)).toBe(502);
  expect(origin.requests).toEqual([]);
});

test.each(
  KINDS.flatMap((kind) => [
    [kind, 'refuse', 502, 'refuses the connection'] as const,
    [kind, 'hang', 504, 'does not answer in time'] as const,
  ]),
)('a %s proxy that does not work (%s): is answered with %i', async (kind, behaviour, status, sentence) => {
  const { proxyUrl } = await by({ kind, behaviour });
  const response = await proxy.request(`${origin.url}/hello`, proxyUrl);
  expect(response.statusCode).toBe(status);
  expect(response.statusMessage).toBe(`The outbound proxy ${sentence}`);
  expect(await proxy.openTunnel(origin.hostPort, proxyUrl)).toBe(status);
  expect(origin.requests).toEqual([]);
});

test.each(KINDS)('a %s proxy that answers with a web page: passes nothing of it', async (kind) => {
  const { proxyUrl } = await by({ kind, behaviour: 'html' });
  const response = await proxy.request(`${origin.url}/hello`, proxyUrl);
  expect(response.statusCode).toBe(502);
  expect(response.statusMessage).toBe('The outbound proxy answers with something else');
});

test('a proxy that nothing listens for: is answered with 502', async () => {
  const { outbound, proxyUrl } = await by({ kind: 'http' });
  await outbound.close();
  closers.pop();
  expect((await proxy.request(`${origin.url}/hello`, proxyUrl)).statusMessage).toBe(
    'The outbound proxy cannot be reached',
  );
});

test.each(KINDS)('a private target by a %s proxy: is refused before the proxy hears of it', async (kind) => {
  const { outbound, proxyUrl } = await by({ kind });
  for (const target of [
    canary.hostPort,
    `private.example:${portOf(canary)}`,
    'private.example:80',
    'localhost:80',
    '10.0.0.1:443',
  ])
    expect(await proxy.openTunnel(target, proxyUrl), target).toBe(403);
  expect(await proxy.get('http://private.example/', proxyUrl)).toBe(403);
  expect(outbound.targets).toEqual([]);
  expect(canary.requests).toEqual([]);
});

test('a proxy with a private name: is the word of the owner', async () => {
  const { outbound } = await by({ kind: 'http' });
  const upstream = parseProxyAddress(`http://outbound.lan:${outbound.port}`);
  expect(await proxy.get(`${origin.url}/hello`, proxy.proxyUrl({ upstream }))).toBe(200);
});

test('a ticket whose proxy was taken from another ticket: is not valid', async () => {
  const claims = { maxBytes: 1e9, refusedAddresses: [], expiresAt: Date.now() + 60_000 };
  const upstream = parseProxyAddress('http://127.0.0.1:8080');
  const { username } = issueEgressTicket(KEY, { ...claims, jobId: 'other', upstream });
  const { sealedUpstream } = JSON.parse(Buffer.from(username, 'base64url').toString()) as { sealedUpstream: string };
  const ticket = issueEgressTicket(KEY, { ...claims, jobId: 'job1', ...{ sealedUpstream } });
  const url = new URL(proxy.url);
  Object.assign(url, ticket);
  expect(await proxy.get(`${origin.url}/hello`, url.href)).toBe(407);
});
