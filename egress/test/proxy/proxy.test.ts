import { createOriginServer, makeFixtures, type OriginServer } from '@linkcast/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCanary, createProxyFixture, portOf, type ProxyFixture } from './proxy-fixture.ts';

/** Allowed by the owner. */
let origin: OriginServer;
let canary: OriginServer;
let canaryIPv6: OriginServer;
let proxy: ProxyFixture;

beforeEach(async () => {
  const root = await makeFixtures();
  [origin, canary, canaryIPv6] = await Promise.all([createOriginServer({ root }), createCanary(), createCanary('::1')]);
  proxy = await createProxyFixture({
    allowPrivate: [origin.hostPort, `nas.lan:${portOf(origin)}`],
    names: {
      'nas.lan': ['127.0.0.1'],
      'private.example': ['127.0.0.1'],
      'mixed.example': ['127.0.0.1', '93.184.216.34'],
    },
  });
});
afterEach(() => Promise.all([proxy.close(), origin.close(), canary.close(), canaryIPv6.close()]));

const IP_DISGUISES = [
  ...['127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '127.1', '0', '127.0.0.1.', '%31%32%37.0.0.1'],
  ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '[::1]', '[::]', '[2002:7f00:1::]'],
];

describe('a program through the proxy', () => {
  it.each([
    ...IP_DISGUISES,
    ...['localhost', 'LOCALHOST.', 'private.example', 'mixed.example', '10.0.0.1', '169.254.169.254'],
  ])('with the host %s: is refused with and without a tunnel', async (host) => {
    const destination = `${host}:${portOf(canary)}`;
    expect(await proxy.get(`http://${destination}/`)).toBe(403);
    expect(await proxy.openTunnel(destination)).toBe(403);
    expect(canary.requests).toEqual([]);
  });

  it.each(IP_DISGUISES)('with the host %s and an open port: is refused by its address', async (host) => {
    expect(await proxy.get(`http://${host}:8080/`)).toBe(403);
    expect(await proxy.openTunnel(`${host}:443`)).toBe(403);
  });

  it('with a private name and an open port: is refused by its address', async () => {
    expect(await proxy.get('http://private.example/')).toBe(403);
    expect(await proxy.openTunnel('mixed.example:443')).toBe(403);
    expect((await proxy.usage()).refusedHost).toBe('mixed.example');
  });

  it('with IPv6 loopback: is refused', async () => {
    expect(await proxy.get(`${canaryIPv6.url}/`)).toBe(403);
    expect(await proxy.openTunnel(canaryIPv6.hostPort)).toBe(403);
    expect(canaryIPv6.requests).toEqual([]);
  });

  it.each([22, 25, 5432, 8000, 9000])('with port %i of a public address: is refused', async (port) => {
    expect(await proxy.get(`http://93.184.216.34:${port}/`)).toBe(403);
    expect(await proxy.openTunnel(`93.184.216.34:${port}`)).toBe(403);
  });

  it('with an allowed name: each request makes one query and reaches the source', async () => {
    expect(await proxy.get(`http://nas.lan:${portOf(origin)}/video.mp4`)).toBe(200);
    expect(await proxy.openTunnel(`nas.lan:${portOf(origin)}`)).toBe(200);
    expect(proxy.lookups).toEqual(['nas.lan', 'nas.lan']);
    expect(origin.requests).toHaveLength(1);
  });

  it('with another port of an allowed address: is refused', async () => {
    expect(await proxy.get(`http://nas.lan:${portOf(canary)}/`)).toBe(403);
  });

  it('redirected to loopback: is refused at the next request', async () => {
    origin.behave('/start', { kind: 'redirect', to: `${canary.url}/` });
    const response = await proxy.request(`${origin.url}/start`);
    expect(response.statusCode).toBe(302);
    expect(await proxy.get(response.headers.location ?? '')).toBe(403);
    expect(canary.requests).toEqual([]);
  });

  it('with a name without an address: is answered 502', async () => {
    expect(await proxy.get('http://nowhere.example/')).toBe(502);
    expect(await proxy.openTunnel('nowhere.example:443')).toBe(502);
    expect((await proxy.usage()).refusedHost).toBeNull();
  });

  it('with a closed port: is answered with a 5xx', async () => {
    await origin.close();
    expect(await proxy.get(`${origin.url}/`)).toBeGreaterThanOrEqual(500);
    expect(await proxy.openTunnel(origin.hostPort)).toBe(502);
  });

  it('refused for a thumbnail: records no refused host', async () => {
    const picture = new URL(proxy.proxyUrl());
    picture.username += '.picture';
    expect(await proxy.get(`${canary.url}/`, picture.href)).toBe(403);
    expect((await proxy.usage()).refusedHost).toBeNull();
  });

  it('refused: gets the error type in Proxy-Status', async () => {
    const response = await proxy.request(`${canary.url}/`);
    expect(response.headers['proxy-status']).toBe('linkcast-egress; error=destination_ip_prohibited');
  });
});

describe('a malformed target', () => {
  it.each([
    ...['a..example:443', '.example.com:443', `${'a'.repeat(64)}.example:443`, `${'abc.'.repeat(63)}example:443`],
    ...['example.com', 'example.com:', 'example.com:99999', 'user@example.com:443', 'user:pw@93.184.216.34:443'],
    ...['127.0.0.1\\@example.com:443', '[::1:443', '93.184.216.34#:443', 'exa%00mple.com:443', ':443'],
  ])('CONNECT %s: is answered 400', async (destination) => {
    expect(await proxy.openTunnel(destination)).toBe(400);
    expect(proxy.lookups).toEqual([]);
  });

  it.each([
    ...['http://a..example/', `http://${'a'.repeat(64)}.example/`, `http://${'abc.'.repeat(63)}example/`, 'http://../'],
    ...['http://user@example.com/', 'http://user:pw@93.184.216.34/', 'http://93.184.216.34@127.0.0.1/', 'http:///'],
    ...['http://127.0.0.1\\@example.com/', 'http://example.com:99999/', 'http://[::1/', 'https://example.com/'],
    ...['ftp://example.com/', 'file:///etc/passwd', 'example.com', '*'],
  ])('GET %s: is answered 400', async (url) => {
    const authorization = proxy.authorization();
    const answer = await proxy.raw(`GET ${url} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${authorization}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(proxy.lookups).toEqual([]);
  });
});
