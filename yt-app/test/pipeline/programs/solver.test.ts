import { minimalEnvironment, runProgram } from '@linkcast/kit';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const tools = path.resolve(import.meta.dirname, '../../../../.tools');

/** The proxy of yt-dlp and deno. It counts connections and closes them. */
const network = net.createServer((socket) => {
  connections += 1;
  socket.destroy();
});
let connections = 0;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'solver-'));
  network.listen(0, '127.0.0.1');
  await once(network, 'listening');
});
beforeEach(() => {
  connections = 0;
});
afterAll(async () => {
  network.close();
  await rm(home, { recursive: true, force: true });
});

/** Returns the answers of the solver, by the type of challenge. */
async function solve(denoDir: string): Promise<unknown> {
  const { port } = network.address() as net.AddressInfo; // it listens on TCP
  const proxy = `http://127.0.0.1:${port}`;
  const { outcome, stdout } = await runProgram({
    file: 'python3',
    args: ['-s', path.join(import.meta.dirname, 'solver/solve.py'), path.join(tools, 'bin/deno'), proxy],
    env: minimalEnvironment(home, {
      PYTHONPATH: path.join(tools, 'yt-dlp/usr/lib/python3/dist-packages'),
      DENO_DIR: denoDir,
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
    }),
    wallSeconds: 25,
  });
  expect(outcome).toEqual({ kind: 'finished' });
  return JSON.parse(stdout);
}

describe('the solver of YouTube challenges', () => {
  test('as installed: solves both kinds through yt-dlp without a connection', async () => {
    const answers = await solve(path.join(tools, 'deno'));
    expect(answers).toEqual({ n: { abc: 'cba-solved' }, sig: { xxsignature: 'signature' } });
    expect(connections).toBe(0);
  });

  test('without its library: solves nothing and opens no connection', async () => {
    expect(await solve(path.join(home, 'empty'))).toEqual({});
    expect(connections).toBe(0);
  });
});
