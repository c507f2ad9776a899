import { runProgram } from '@linkcast/kit';
import { once } from 'node:events';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const SCRIPT = path.resolve(import.meta.dirname, '../health-check.sh');

async function isHealthy(...args: string[]): Promise<boolean> {
  const { outcome } = await runProgram({ file: SCRIPT, args, env: { PATH: '/usr/bin:/bin' }, wallSeconds: 20 });
  return outcome.kind === 'finished';
}

describe('health-check.sh http', () => {
  let server: net.Server;
  afterEach(() => server.close());

  async function listen(made: net.Server): Promise<string> {
    server = made.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return String((server.address() as AddressInfo).port); // it listens on TCP
  }
  const answering = (status: number) =>
    http.createServer((request, response) => response.writeHead(request.url === '/readyz' ? status : 500).end());

  test.each([
    [200, true],
    [308, true],
    [404, true],
    [503, false],
  ])('with status %i: is healthy: %s', async (status, healthy) => {
    expect(await isHealthy('http', await listen(answering(status)), '/readyz')).toBe(healthy);
  });

  test('without a listening server: is unhealthy', async () => {
    const port = await listen(answering(200));
    server.close();
    await once(server, 'close');
    expect(await isHealthy('http', port, '/readyz')).toBe(false);
  });

  test('with a server of another protocol: is unhealthy', async () => {
    const port = await listen(net.createServer((socket) => void socket.end('hello\r\n')));
    expect(await isHealthy('http', port, '/readyz')).toBe(false);
  });

  test('with a server that accepts and never answers: is unhealthy, within seconds', async () => {
    const sockets: net.Socket[] = [];
    const port = await listen(net.createServer((socket) => void sockets.push(socket)));
    expect(await isHealthy('http', port, '/readyz')).toBe(false);
    for (const socket of sockets) socket.destroy();
  });
});

describe('health-check.sh fresh', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'health-check-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('with a new file: is healthy; with an old one or none: is unhealthy', async () => {
    const file = path.join(folder, 'alive');
    expect(await isHealthy('fresh', file, '7')).toBe(false);
    await writeFile(file, '');
    expect(await isHealthy('fresh', file, '7')).toBe(true);
    const before = new Date(Date.now() - 8 * 60_000);
    await utimes(file, before, before);
    expect(await isHealthy('fresh', file, '7')).toBe(false);
  });
});

test('health-check.sh without arguments: is unhealthy', async () => {
  expect(await isHealthy()).toBe(false);
});
