import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { paths } from '@linkcast/contracts';
import { createOriginServer, findFreePort } from '@linkcast/testing';
import { expect, test } from 'vitest';
import { createReachCheck, publicPorts } from '../src/reach-check.ts';
import { askRouterAddress } from '../src/router-address.ts';
import { requestSelf } from '../src/self-request.ts';
import { NAME, signal } from './provider-fixture.ts';

const MARK = '0123456789abcdef0123456789abcdef';
const here = { scheme: 'http', name: NAME, address: '127.0.0.1', mark: MARK, signal } as const;

test('a request to ourselves that comes home is answered, under our name', async () => {
  const origin = await createOriginServer();
  origin.text(paths.selfCheck, 'text/plain', `${MARK}\n`);
  const port = Number(new URL(origin.url).port);
  expect(await requestSelf({ ...here, port })).toBe('answered');
  expect(origin.requests[0]?.headers.host).toBe(`${NAME}:${port}`);
  await origin.close();
});

test('somebody else who answers is strange, whatever they say', async () => {
  const origin = await createOriginServer();
  const port = Number(new URL(origin.url).port);
  expect(await requestSelf({ ...here, port })).toBe('strange'); // 404
  origin.text(paths.selfCheck, 'text/plain', 'x'.repeat(100_000));
  expect(await requestSelf({ ...here, port })).toBe('strange');
  expect(await requestSelf({ ...here, scheme: 'https', port })).toBe('strange'); // no TLS there
  origin.behave(paths.selfCheck, { kind: 'redirect', to: 'http://127.0.0.1:9/' });
  expect(await requestSelf({ ...here, port })).toBe('strange');
  await origin.close();
});

test('a closed port refuses, and one that says nothing is a timeout', async () => {
  expect(await requestSelf({ ...here, port: await findFreePort() })).toBe('refused');
  const origin = await createOriginServer();
  origin.behave(paths.selfCheck, { kind: 'slow-header', seconds: 30 });
  const port = Number(new URL(origin.url).port);
  expect(await requestSelf({ ...here, port, timeoutMs: 300 })).toBe('timeout');
  await origin.close();
});

test('a name that leads nowhere is not requested', async () => {
  const check = createReachCheck({ name: NAME, mark: MARK, ports: { http: 9, https: 9 } });
  const nowhere = { servers: [{ ipv4: [], ipv6: [] }], alias: undefined, from: 'own-servers' as const };
  expect(await check(nowhere, signal)).toEqual({ http: 'unknown', https: 'unknown' });
});

test.each([
  [undefined, { http: 80, https: 443 }],
  ['https://home.linkcast.test', { http: 80, https: 443 }],
  ['https://home.linkcast.test:4433', { http: 80, https: 4433 }],
  ['http://home.linkcast.test:8080', { http: 8080, https: 443 }],
])('SITE_URL %s means the ports %o', (siteUrl, ports) => {
  expect(publicPorts(siteUrl)).toEqual(ports);
});

async function openRouter(answer: (question: Buffer) => Buffer | undefined) {
  const questions: Buffer[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, peer) => {
    questions.push(message);
    const reply = answer(message);
    if (reply) socket.send(reply, peer.port, peer.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { questions, port: socket.address().port, close: () => void socket.close() };
}

test('a router with NAT-PMP tells its outside address', async () => {
  const router = await openRouter(() => Buffer.from([0, 128, 0, 0, 0, 0, 1, 0, 100, 72, 1, 9]));
  expect(await askRouterAddress({ router: '127.0.0.1', port: router.port, signal })).toBe('100.72.1.9');
  expect(router.questions).toEqual([Buffer.from([0, 0])]);
  router.close();
});

test('a router that loses the first question is asked again', async () => {
  let count = 0;
  const router = await openRouter(() => {
    count += 1;
    return count === 1 ? undefined : Buffer.from([0, 128, 0, 0, 0, 0, 1, 0, 8, 8, 4, 4]);
  });
  expect(await askRouterAddress({ router: '127.0.0.1', port: router.port, signal })).toBe('8.8.4.4');
  router.close();
});

test.each([
  ['says that it does not know', [0, 128, 0, 3, 0, 0, 1, 0, 0, 0, 0, 0]],
  ['has no address', [0, 128, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]],
  ['speaks another version', [2, 128, 0, 1, 0, 0, 1, 0, 8, 8, 4, 4]],
  ['answers too little', [0, 128, 0, 0]],
])('a router that %s does not tell', async (_, bytes) => {
  const router = await openRouter(() => Buffer.from(bytes));
  expect(await askRouterAddress({ router: '127.0.0.1', port: router.port, signal })).toBeNull();
  router.close();
});

test('a router that does not answer is given up after some seconds', async () => {
  const router = await openRouter(() => undefined);
  expect(await askRouterAddress({ router: '127.0.0.1', port: router.port, signal })).toBeNull();
  expect(router.questions.length).toBeGreaterThan(1);
  router.close();
});
