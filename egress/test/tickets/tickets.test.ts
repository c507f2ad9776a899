import { createEgressUsageClient, issueEgressTicket } from '@linkcast/kit';
import { createOriginServer, makeFixtures, until, type OriginServer } from '@linkcast/testing';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { basic, closing, createProxyFixture, KEY, type ProxyFixture } from '../proxy/proxy-fixture.ts';

let origin: OriginServer;
let proxy: ProxyFixture;

beforeEach(async () => {
  origin = await createOriginServer({ root: await makeFixtures() });
  proxy = await createProxyFixture({ allowPrivate: [origin.hostPort] });
});
afterEach(() => Promise.all([proxy.close(), origin.close()]));

const CLAIMS = { jobId: 'job1', maxBytes: 1e12, expiresAt: Date.now() + 600_000, refusedAddresses: [] };

function proxyUrlWith({ username, password }: { username: string; password: string }): string {
  const url = new URL(proxy.url);
  Object.assign(url, { username, password });
  return url.href;
}

describe('a request without a valid ticket', () => {
  const good = issueEgressTicket(KEY, CLAIMS);
  const altered = (change: object): string =>
    Buffer.from(JSON.stringify({ ...CLAIMS, ...change })).toString('base64url');

  it.each([
    ['no credentials', { username: '', password: '' }],
    ['no password', { ...good, password: '' }],
    ['a forged password', { ...good, password: 'A'.repeat(43) }],
    ['another key', issueEgressTicket('another-key-that-is-long-enough', CLAIMS)],
    ['an expired ticket', issueEgressTicket(KEY, { ...CLAIMS, expiresAt: Date.now() - 1 })],
    ['another job claimed', { ...good, username: altered({ jobId: 'job2' }) }],
    ['more bytes claimed', { ...good, username: altered({ maxBytes: 1e15 }) }],
    ['more time claimed', { ...good, username: altered({ expiresAt: CLAIMS.expiresAt * 2 }) }],
    ['an unknown purpose', { ...good, username: `${good.username}.upload` }],
    ['the key as password', { ...good, password: KEY }],
  ])('with %s: is answered 407, and nothing is sent to the source', async (_, ticket) => {
    const url = proxyUrlWith(ticket);
    expect(await proxy.get(`${origin.url}/`, url)).toBe(407);
    expect(await proxy.openTunnel(origin.hostPort, url)).toBe(407);
    expect(await createEgressUsageClient(url)()).toBeUndefined();
    expect(origin.requests).toEqual([]);
  });

  it.each(['Bearer x', 'Basic', 'Basic !!!', 'Basic bm9jb2xvbg==', `Basic ${'A'.repeat(20_000)}`])(
    'with the header %s: is answered 407',
    async (header) => {
      const answer = await proxy.raw(
        `GET ${origin.url}/ HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${header}\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 407 [^]*\r\nProxy-Authenticate: Basic /);
    },
  );

  it('with the credentials in Authorization: is answered 407', async () => {
    const header = `Authorization: ${basic(good)}`;
    expect(await proxy.raw(`GET ${origin.url}/ HTTP/1.1\r\nHost: x\r\n${header}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 407 /);
  });
});

describe('the limit of bytes', () => {
  const limited = { maxBytes: 1_000_000 };

  it('exceeded over several connections, with and without a tunnel: closes all, and refuses the next', async () => {
    origin.behave('/video.mp4', { kind: 'stall', afterBytes: 400_000 });
    const responses = await Promise.all(
      [1, 2].map(() => proxy.request(`${origin.url}/video.mp4`, proxy.proxyUrl(limited))),
    );
    const broken = responses.map((response) => {
      response.resume();
      return once(response, 'end').then(
        () => 'whole',
        () => 'broken',
      );
    });
    await until(async () => (await proxy.usage()).bytes > 800_000);
    expect((await proxy.usage()).isOverLimit).toBe(false);
    const { status, socket } = await proxy.tunnel(origin.hostPort, proxy.proxyUrl(limited));
    expect(status).toBe(200);
    const closed = closing(socket);
    socket.resume();
    socket.write('GET /video.mp4 HTTP/1.1\r\nHost: x\r\n\r\n');
    await closed;
    expect(await Promise.all(broken)).toEqual(['broken', 'broken']);
    expect(await proxy.usage()).toMatchObject({ isOverLimit: true });
    expect(await proxy.get(`${origin.url}/`, proxy.proxyUrl(limited))).toBe(413);
    expect(await proxy.openTunnel(origin.hostPort, proxy.proxyUrl(limited))).toBe(413);
  });

  it('exceeded by one job: does not affect another job', async () => {
    origin.behave('/endless', { kind: 'endless' });
    const response = await proxy.request(`${origin.url}/endless`, proxy.proxyUrl(limited));
    response.resume();
    await expect(once(response, 'end')).rejects.toThrow('aborted');
    expect(await proxy.get(`${origin.url}/video.mp4`, proxy.proxyUrl({ ...limited, jobId: 'job2' }))).toBe(200);
  });

  it('not reached: the bytes of two jobs are counted separately, while they run', async () => {
    await proxy.get(`${origin.url}/video.mp4`, proxy.proxyUrl({ jobId: 'other' }));
    origin.behave('/video.mp4', { kind: 'stall', afterBytes: 100_000 });
    const response = await proxy.request(`${origin.url}/video.mp4`);
    response.resume();
    const usage = createEgressUsageClient(proxy.proxyUrl());
    await until(async () => ((await usage())?.bytes ?? 0) > 100_000);
    expect((await usage())?.bytes).toBeLessThan(110_000);
    expect((await proxy.usage(proxy.proxyUrl({ jobId: 'other' }))).bytes).toBeGreaterThan(800_000);
    response.destroy();
  });
});

describe('the limit of time', () => {
  it('exceeded: closes an open tunnel and response, refuses new ones, and deletes the counts of the job', async () => {
    const short = proxy.proxyUrl({ expiresAt: Date.now() + 1500 });
    origin.behave('/video.mp4', { kind: 'stall', afterBytes: 1000 });
    const response = await proxy.request(`${origin.url}/video.mp4`, short);
    response.resume();
    const { status, socket } = await proxy.tunnel(origin.hostPort, short);
    expect(status).toBe(200);
    socket.resume();
    await Promise.all([closing(socket), expect(once(response, 'end')).rejects.toThrow('aborted')]);
    expect(await proxy.get(`${origin.url}/`, short)).toBe(407);
    expect(await proxy.openTunnel(origin.hostPort, short)).toBe(407);
    expect(await proxy.usage()).toEqual({ bytes: 0, refusedHost: null, isOverLimit: false });
  });

  it('extended by a later ticket of the job: keeps the connection open', async () => {
    const short = proxy.proxyUrl({ expiresAt: Date.now() + 1000 });
    const { socket } = await proxy.tunnel(origin.hostPort, short);
    expect(await proxy.openTunnel(origin.hostPort, proxy.proxyUrl())).toBe(200);
    await until(async () => (await proxy.openTunnel(origin.hostPort, short)) === 407);
    const answered = once(socket, 'data');
    socket.write('HEAD / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(String((await answered)[0])).toMatch(/^HTTP\/1\.1 /);
    socket.destroy();
  });
});

describe('the proxy with many jobs and connections', () => {
  it('at the limit of connections of one job: refuses one more until one is closed', async () => {
    const small = await createProxyFixture({ allowPrivate: [origin.hostPort], limits: { maxConnections: 2 } });
    const { socket } = await small.tunnel(origin.hostPort);
    const second = await small.tunnel(origin.hostPort);
    expect(await small.openTunnel(origin.hostPort)).toBe(503);
    expect(await small.openTunnel(origin.hostPort, small.proxyUrl({ jobId: 'job2' }))).toBe(200);
    socket.destroy();
    await until(async () => (await small.openTunnel(origin.hostPort)) === 200);
    second.socket.destroy();
    await small.close();
  });

  it('at the limit of jobs: refuses new jobs, and serves those it has', async () => {
    const small = await createProxyFixture({ allowPrivate: [origin.hostPort], limits: { maxJobs: 1 } });
    expect(await small.openTunnel(origin.hostPort)).toBe(200);
    expect(await small.openTunnel(origin.hostPort, small.proxyUrl({ jobId: 'job2' }))).toBe(503);
    expect(await small.openTunnel(origin.hostPort)).toBe(200);
    await small.close();
  });
});

describe('requests to the proxy itself', () => {
  it.each([
    ['GET', '/healthz', 200],
    ['GET', '/usage', 401],
    ['GET', '/', 404],
    ['GET', '/usage/x', 404],
    ['POST', '/usage', 405],
  ])('%s %s: is answered %i', async (method, path, status) => {
    expect((await fetch(proxy.url + path, { method })).status).toBe(status);
  });

  it('in the form of a proxied request: are refused like every private address', async () => {
    expect(await proxy.get(`${proxy.url}/healthz`)).toBe(403);
  });

  it('to /usage with an unused ticket: show no bytes', async () => {
    expect(await proxy.usage()).toEqual({ bytes: 0, refusedHost: null, isOverLimit: false });
  });
});
