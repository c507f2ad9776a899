import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTcpLine, portOf, until, type TcpLine } from '@linkcast/testing';

let server: Server;
let line: TcpLine;
let client: Socket;
let received = '';

beforeEach(async () => {
  received = '';
  server = createServer((socket) => void socket.on('error', () => undefined).pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  line = await createTcpLine(portOf(server));
  client = await open();
});
afterEach(async () => {
  client.destroy();
  await line.close();
  server.close();
});

async function open(): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: line.port });
  socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
  await once(socket, 'connect');
  return socket;
}

test('an open line: carries both directions', async () => {
  client.write('there and back');
  await until(() => received === 'there and back', 5);
});

test('a cut line: resets open connections and new ones, until it is restored', async () => {
  const reset = once(client, 'error');
  line.cut();
  expect(await reset).toMatchObject([{ code: 'ECONNRESET' }]);
  const other = connect({ host: '127.0.0.1', port: line.port });
  expect(await once(other, 'error')).toMatchObject([{ code: 'ECONNRESET' }]);
  line.restore();
  client = await open();
  client.write('again');
  await until(() => received === 'again', 5);
});

test('a blocked line: accepts and carries nothing, also for new connections, until it is restored', async () => {
  line.block();
  const other = await open();
  client.write('one');
  other.write('two');
  await new Promise((resolve) => setTimeout(resolve, 200)); // nothing would have taken a few milliseconds
  expect(received).toBe('');
  line.restore();
  await until(() => received.length === 6, 5);
  other.destroy();
});

test('a blocked line with a full buffer: is cut and closed at once', async () => {
  line.block();
  client.write(Buffer.alloc(8e6));
  client.on('error', () => undefined);
  const closed = new Promise((resolve) => client.once('close', resolve));
  line.cut();
  await closed;
  await line.close();
});
