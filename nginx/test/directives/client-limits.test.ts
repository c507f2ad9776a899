import { ProblemDocument } from '@linkcast/contracts';
import { until } from '@linkcast/testing';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MEDIA_ID, SESSION, startEdge, type EdgeFixture } from '../fixtures/edge-fixture.ts';
import { expectHeadersOnce } from '../fixtures/expect-headers.ts';

let edge: EdgeFixture;
beforeEach(async () => {
  edge = await startEdge();
});
afterEach(() => edge.stop());

test.each([
  ['sign-ins', '/api/session', '/api/session'],
  ['accepted invitations', '/api/invitations/accept', '/api/invitations'],
  ['challenges of passkeys', '/api/session/passkey/challenges', '/api/session'],
  ['sign-ins by passkeys', '/api/session/passkey', '/api/session'],
])('thirty %s at once from one address, POST %s: some answer 429; GET %s does not', async (_, path, readPath) => {
  const attempt = () => edge.request(path, { method: 'POST', body: '{}' });
  const attempts = await Promise.all(Array.from({ length: 30 }, attempt));
  const refused = attempts.filter(({ status }) => status === 429);
  expect(attempts.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(11);
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of refused) {
    expect(ProblemDocument.parse(JSON.parse(answer.body)).code).toBe('too-many-requests');
    expect(answer.headers['retry-after']).toBe('3');
    expectHeadersOnce(answer);
  }
  expect(attempts.find(({ status }) => status === 200)?.headers).not.toHaveProperty('retry-after');
  const reads = await Promise.all(Array.from({ length: 50 }, () => edge.request(readPath)));
  expect(new Set(reads.map(({ status }) => status))).toEqual(new Set([200]));
});

test('230 concurrent requests from one address: those beyond 200 answer 429', async () => {
  edge.icecast.handler = (_request, response) => void response.write('mp3');
  const listeners = Array.from({ length: 230 }, () => {
    const headers = { host: 'localhost', cookie: `linkcast=${SESSION}` };
    return http.get({ host: '127.0.0.1', port: edge.options.httpPort, path: '/play', headers, agent: false });
  });
  const statuses = await Promise.all(
    listeners.map(async (request) => {
      const [response] = (await once(request, 'response')) as [http.IncomingMessage]; // what node emits
      return response.statusCode;
    }),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(200);
  expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  for (const request of listeners) request.destroy();
});

test('many invented sessions: reach yt-app at a limited rate, and a valid session keeps its access', async () => {
  const file = `/media/${MEDIA_ID}/v1080.mp4`;
  expect((await edge.request(file)).status).toBe(200);
  const startedAt = performance.now();
  const before = edge.ytApp.accessChecks.length;
  const statuses = new Set<number>();
  for (let sent = 0; sent < 600; sent += 150) {
    // more connections at once are refused for another reason
    const tokens = Array.from({ length: 150 }, (_, index) => String(sent + index).padStart(43, 'x'));
    const flood = tokens.map((token) => edge.request(file, { headers: { cookie: `linkcast=${token}` } }));
    for (const { status } of await Promise.all(flood)) statuses.add(status);
  }
  expect([...statuses].every((status) => status === 401 || status === 503)).toBe(true);
  const seconds = (performance.now() - startedAt) / 1000;
  expect(edge.ytApp.accessChecks.length - before).toBeLessThanOrEqual(201 + 100 * (seconds + 1));
  expect((await edge.request(file)).status).toBe(200);
});

test('five hundred slow clients: are disconnected, and another client is served meanwhile', async () => {
  const sockets = Array.from({ length: 500 }, () => net.connect(edge.options.httpPort, '127.0.0.1'));
  let closed = 0;
  for (const socket of sockets) {
    socket.on('error', () => undefined); // disconnected, as expected
    socket.once('close', () => (closed += 1));
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  }
  const trickle = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x');
  }, 500);
  try {
    for (let round = 0; round < 20; round += 1) {
      const startedAt = performance.now();
      expect((await edge.request(`/media/${MEDIA_ID}/v1080.mp4`)).status).toBe(200);
      expect(performance.now() - startedAt).toBeLessThan(5000); // generous: it takes milliseconds on an idle machine
    }
    await until(() => closed === sockets.length, 60);
  } finally {
    clearInterval(trickle);
    for (const socket of sockets) socket.destroy();
  }
}, 90_000);
