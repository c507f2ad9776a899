import { once } from 'node:events';
import { createServer } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { portOf } from '@linkcast/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createTurnSocket } from '../../src/database/turn-socket.ts';

test('what is written in one turn, and in its microtasks: is held, and sent together after it, in order', async () => {
  const server = createServer((peer) => peer.pause()).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const received = once(server, 'connection').then(([peer]) => buffer(peer as NodeJS.ReadableStream));
  const socket = createTurnSocket();
  socket.connect(portOf(server), '127.0.0.1');
  await once(socket, 'connect');
  await setImmediate();

  socket.write('begin ');
  await Promise.resolve();
  socket.cork();
  socket.write('lock ');
  socket.uncork();
  await Promise.resolve();
  socket.write(Buffer.from('claim '));
  expect(socket.writableLength).toBe('begin lock claim '.length);
  expect(socket.writableCorked).toBe(1);
  await setImmediate();
  expect(socket.writableCorked).toBe(0);
  socket.end('commit');
  expect((await received).toString()).toBe('begin lock claim commit');
});
