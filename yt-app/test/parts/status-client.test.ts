import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createStatusClient } from '../../src/parts/status-client.ts';

test('a part that accepts the request and never answers: its status is null after the time limit', async () => {
  const server = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const ask = createStatusClient({
    url: `http://127.0.0.1:${port}`,
    key: 'x',
    schema: z.object({}),
    timeoutMs: 50,
  });
  expect(await ask()).toBeNull();
  server.closeAllConnections();
  server.close();
});
