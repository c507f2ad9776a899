import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readServerEvents } from '../../src/jobs/server-events.ts';

const STREAM =
  ': hello\r\n\r\nid: 7\nevent: job\ndata: {"a":\ndata: 1}\n\nretry: 100\ndata:alone\rid\r\n\n: bye\n\nevent: empty\n\n';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers with these pieces, and then ends the answer or leaves it open. */
async function serve(pieces: readonly string[], isEnded = true): Promise<string> {
  const started = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of pieces) response.write(piece);
    if (isEnded) response.end();
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const { port } = started.address() as AddressInfo; // listening on TCP
  return `http://127.0.0.1:${port}/`;
}

async function read(url: string, { idleMs = 10_000 } = {}) {
  const received: string[] = [];
  const { signal } = new AbortController();
  await readServerEvents({
    url,
    headers: {},
    idleMs,
    signal,
    onOpen: () => received.push('open'),
    onEvent: ({ name, data, id }) => void received.push(`${id ?? '-'} ${name} ${data}`),
  });
  return received;
}

describe('server-sent events', () => {
  it.each([
    ['in one piece', [STREAM]],
    ['one character at a time', STREAM.split('')],
  ])('received %s: every event with data or an id is delivered', async (_, pieces) => {
    expect(await read(await serve(pieces))).toEqual(['open', '7 job {"a":\n1}', ' message alone']);
  });

  it('with an event of more than 4 million characters: the connection ends with an error', async () => {
    const pieces = ['data: ', ...Array.from({ length: 50 }, () => 'x'.repeat(100_000))];
    await expect(read(await serve(pieces))).rejects.toThrow(/max buffer size/);
  });

  it('of a server that sends nothing for too long: the connection ends with an error', async () => {
    const url = await serve([': hello\n\n'], false);
    await expect(read(url, { idleMs: 50 })).rejects.toThrow('the connection is idle');
  });
});
