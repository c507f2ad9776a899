import { expect, test } from 'vitest';
import { startPostgres } from '../../src/postgres/postgres-server.ts';

test('two databases of a server: have different URLs on loopback; the server is back after a kill', async () => {
  const server = await startPostgres();
  try {
    const urls = [await server.createDatabase(), await server.createDatabase()];
    expect(new Set(urls).size).toBe(2);
    for (const url of urls) expect(new URL(url).hostname).toBe('127.0.0.1');
    await server.kill();
    await expect(server.createDatabase()).rejects.toThrow();
    await server.start();
    expect(new URL(await server.createDatabase()).port).toBe(new URL(urls[0] ?? '').port);
  } finally {
    await server.close();
  }
});
