import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOMAIN, startCertifiedEdge } from '../fixtures/certified-edge.ts';
import { MEDIA_ID, startEdge, type EdgeFixture, type RequestOptions } from '../fixtures/edge-fixture.ts';
import { expectHeadersOnce } from '../fixtures/expect-headers.ts';
import { sendRaw } from '../fixtures/raw-request.ts';

const CHALLENGE = '/.well-known/acme-challenge/';
const HTTP: RequestOptions = { headers: { host: DOMAIN }, isStranger: true };
const HTTPS: RequestOptions = { serverName: DOMAIN, isHttps: true };

async function answerChallenge(edge: EdgeFixture, token: string): Promise<void> {
  const directory = path.join(edge.options.certificateDirectory, 'webroot', CHALLENGE);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, token), `${token}.thumbprint`);
  await writeFile(path.join(edge.options.certificateDirectory, 'webroot', 'secret'), 'secret');
}

describe.each([
  ['with a self-signed certificate', 307, undefined, () => startEdge({ domainName: DOMAIN })],
  ['with a certificate', 308, 'max-age=63072000', () => startCertifiedEdge()],
])('the public name, %s', (_, redirect, hsts, start) => {
  let edge: EdgeFixture;
  beforeAll(async () => {
    edge = await start();
    await answerChallenge(edge, 'Token_1-a');
  });
  afterAll(() => edge.stop());

  test.each(['/', `/watch/${MEDIA_ID}?t=1`, '/api/media', '/nowhere', '//evil.example/', '/%0d%0aX-Evil:%201'])(
    'HTTP %s: redirects to the same path over HTTPS',
    async (target) => {
      const answer = await edge.request(target, HTTP);
      expect([answer.status, answer.headers.location]).toEqual([redirect, `https://${DOMAIN}${target}`]);
      expect(answer.headers['x-evil']).toBeUndefined();
      expect(answer.headers['strict-transport-security']).toBeUndefined();
      expectHeadersOnce(answer);
    },
  );

  test('HTTP POST: answers 405 without a redirect', async () => {
    const answer = await edge.request('/api/session', { ...HTTP, method: 'POST', body: '{"code":"secret"}' });
    expect([answer.status, answer.headers.location]).toEqual([405, undefined]);
    expectHeadersOnce(answer);
  });

  test.each([HTTP, HTTPS])('an ACME challenge, to %o: is answered', async (options) => {
    const answer = await edge.request(`${CHALLENGE}Token_1-a`, options);
    expect([answer.status, answer.body]).toEqual([200, 'Token_1-a.thumbprint']);
    expect(answer.headers['content-type']).toContain('text/plain');
    expectHeadersOnce(answer);
  });

  test.each(['unknown', '', '../secret', '..%2f..%2fsecret', 'Token_1-a.', '.hidden', 'Token_1-a/x', 'a%00b'])(
    'the challenge "%s": is not answered',
    async (token) => {
      for (const options of [HTTP, HTTPS]) {
        const answer = await edge.request(`${CHALLENGE}${token}`, options);
        expect([400, 404, redirect]).toContain(answer.status);
        expect(answer.body).not.toMatch(/secret|thumbprint/);
      }
    },
  );

  test.each([HTTP, HTTPS])('the self-check, to %o: answers the installation mark', async (options) => {
    const answer = await edge.request('/.well-known/linkcast', { ...options, isStranger: true });
    expect([answer.status, answer.body]).toEqual([200, edge.options.installationMark]);
  });

  test.each([
    ['/sign-in', 200],
    ['/nowhere', 404],
    ['/api/media', 200],
    [`/media/${MEDIA_ID}/v1080.mp4`, 200],
    ['/hls/', 308],
    ['/.env', 404],
  ])('HTTPS %s: answers %i, with HSTS only for a trusted certificate', async (target, status) => {
    const answer = await edge.request(target, HTTPS);
    expect(answer.status).toBe(status);
    expect(answer.headers['strict-transport-security']).toBe(hsts);
    expectHeadersOnce(answer);
  });

  test('HTTPS without a session: answers 401', async () => {
    const answer = await edge.request('/', { ...HTTPS, isStranger: true });
    expect(answer.status).toBe(401);
    expect(answer.headers['strict-transport-security']).toBe(hsts);
  });

  test.each([{ isHttps: true }, {}] as const)('localhost, to %o: has neither HSTS nor a redirect', async (options) => {
    const answer = await edge.request('/', options);
    expect([answer.status, answer.headers['strict-transport-security']]).toEqual([200, undefined]);
  });

  test.each(['evil.example', `evil.${DOMAIN}`, `${DOMAIN}.evil.example`])('Host %s: gets no answer', async (host) => {
    const head = `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(edge.options.httpPort, head)).toBe('');
  });
});

test('HTTP with a port in SITE_URL: redirects to that port', async () => {
  const edge = await startEdge({ domainName: DOMAIN, publicOrigin: `https://${DOMAIN}:8443` });
  const answer = await edge.request('/radio?x=1', HTTP);
  expect(answer.headers.location).toBe(`https://${DOMAIN}:8443/radio?x=1`);
  await edge.stop();
});
