import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { readRouterAddress } from '../../src/address/router-address.ts';
import { signal } from '../providers/provider-fixture.ts';

async function openRouter(answer: (request: Buffer) => Buffer | undefined) {
  const received: Buffer[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message, peer) => {
    received.push(message);
    const reply = answer(message);
    if (reply) socket.send(reply, peer.port, peer.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { received, port: socket.address().port, close: () => void socket.close() };
}

test('a router with NAT-PMP: its external address is read', async () => {
  const router = await openRouter(() => Buffer.from([0, 128, 0, 0, 0, 0, 1, 0, 100, 72, 1, 9]));
  expect(await readRouterAddress({ router: '127.0.0.1', port: router.port, signal })).toBe('100.72.1.9');
  expect(router.received).toEqual([Buffer.from([0, 0])]);
  router.close();
});

test('a router that loses the first request: gets a second one', async () => {
  let count = 0;
  const router = await openRouter(() => {
    count += 1;
    return count === 1 ? undefined : Buffer.from([0, 128, 0, 0, 0, 0, 1, 0, 8, 8, 4, 4]);
  });
  expect(await readRouterAddress({ router: '127.0.0.1', port: router.port, signal })).toBe('8.8.4.4');
  router.close();
});

test.each([
  ['reports an error', [0, 128, 0, 3, 0, 0, 1, 0, 0, 0, 0, 0]],
  ['has no address', [0, 128, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]],
  ['answers in another version', [2, 128, 0, 1, 0, 0, 1, 0, 8, 8, 4, 4]],
  ['sends too few bytes', [0, 128, 0, 0]],
])('a router that %s: gives no address', async (_, bytes) => {
  const router = await openRouter(() => Buffer.from(bytes));
  expect(await readRouterAddress({ router: '127.0.0.1', port: router.port, signal })).toBeNull();
  router.close();
});

test('a router that never answers: gives no address after several requests', async () => {
  const router = await openRouter(() => undefined);
  expect(await readRouterAddress({ router: '127.0.0.1', port: router.port, signal })).toBeNull();
  expect(router.received.length).toBeGreaterThan(1);
  router.close();
});
