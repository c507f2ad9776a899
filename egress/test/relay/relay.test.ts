import { until } from '@linkcast/testing';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createProxyFixture, type ProxyFixture } from '../proxy/proxy-fixture.ts';
import { createRawOrigin, type RawOrigin } from './raw-origin.ts';

let origin: RawOrigin;
let proxy: ProxyFixture;

async function answerWith(answer: string | Buffer | ((socket: Socket) => void)): Promise<void> {
  origin = await createRawOrigin((socket) => {
    if (typeof answer === 'function') answer(socket);
    else socket.end(answer);
  });
  proxy = await createProxyFixture({ allowPrivate: [origin.hostPort] });
}
afterEach(() => Promise.all([proxy.close(), origin.close()]));

/** A request as text, with a ticket. */
const get = (headers: string, { method = 'GET', path = '/', body = '' } = {}): Promise<string> =>
  proxy.raw(
    `${method} ${origin.url}${path} HTTP/1.1\r\nHost: ignored\r\nProxy-Authorization: ${proxy.authorization()}\r\n${headers}\r\n${body}`,
  );

describe('a forwarded request', () => {
  const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

  const answerAfter = async (end: string, socket: Socket): Promise<void> => {
    await until(() => origin.received().endsWith(end));
    socket.end(OK);
  };

  it('with headers for the proxy: reaches the source without them and with the Host of its URL', async () => {
    await answerWith(OK);
    await get(
      'Range: bytes=0-1\r\nConnection: X-Private, close\r\nX-Private: 1\r\nProxy-Connection: x\r\nTE: trailers\r\n',
    );
    expect(origin.received()).toBe(
      `GET / HTTP/1.1\r\nHost: ${origin.hostPort}\r\nRange: bytes=0-1\r\nConnection: close\r\n\r\n`,
    );
  });

  it('with an unusual path: keeps the path byte for byte', async () => {
    await answerWith(OK);
    await get('', { path: '/a/../b|c%2F?q=%7e&x[]=1' });
    expect(origin.received()).toMatch(/^GET \/a\/\.\.\/b\|c%2F\?q=%7e&x\[\]=1 HTTP/);
  });

  it('with a body: is forwarded with its length', async () => {
    await answerWith((socket) => void answerAfter('name=value', socket));
    await get('Content-Length: 10\r\nConnection: Content-Length\r\n', { method: 'POST', body: 'name=value' });
    expect(origin.received()).toMatch(/\r\nContent-Length: 10\r\n[^]*\r\n\r\nname=value$/);
  });

  it.each([
    ['of unknown length', 'Transfer-Encoding: chunked\r\n', '0\r\n\r\n', 411],
    ['with two lengths', 'Content-Length: 1\r\nContent-Length: 2\r\n', 'ab', 400],
    ['with a length and chunks', 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n', 400],
  ])('with a body %s: is refused', async (_, headers, body, status) => {
    await answerWith(OK);
    expect(await get(headers, { method: 'POST', body })).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(origin.connections()).toBe(0);
  });

  it.each(['websocket', 'h2c'])('to change the protocol to %s: is refused', async (protocol) => {
    await answerWith(OK);
    expect(await get(`Connection: Upgrade\r\nUpgrade: ${protocol}\r\n`)).toMatch(/^HTTP\/1\.1 501 /);
    expect(origin.connections()).toBe(0);
  });

  it('followed by a second request on the same connection: the second is not forwarded', async () => {
    await answerWith(OK);
    const second = `GET ${origin.url}/second HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${proxy.authorization()}\r\n\r\n`;
    await get('', { body: second });
    expect(origin.received()).not.toContain('second');
    expect(origin.connections()).toBeLessThanOrEqual(1);
  });

  it('with another request in its body: is forwarded as one request with a body', async () => {
    const hidden = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n';
    await answerWith((socket) => void answerAfter(hidden, socket));
    await get(`Content-Length: ${hidden.length}\r\n`, { method: 'POST', body: hidden });
    expect(origin.connections()).toBe(1);
    expect(origin.received().indexOf('GET /hidden')).toBeGreaterThan(origin.received().indexOf('\r\n\r\n'));
  });
});

describe('a response', () => {
  it.each([
    ['with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody', /\r\nContent-Length: 4\r\n[^]*\r\n\r\nbody$/],
    ['with more than its length', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodyHTTP/1.1 200 OK', /\r\n\r\nbody$/],
    ['until the end', 'HTTP/1.0 200 OK\r\n\r\nbody', /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nbody$/],
    [
      'in chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n',
      /\n4\r\nbody\r\n0\r\n\r\n$/,
    ],
    [
      'after an interim one',
      'HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody',
      /^HTTP\/1\.1 200 [^]*body$/,
    ],
    ['without a body', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n', /^HTTP\/1\.1 304 [^]*\r\n\r\n$/],
    ['without a reason', 'HTTP/1.1 404\r\n\r\n', /^HTTP\/1\.1 404 /],
  ])('%s: is forwarded', async (_, answer, expected) => {
    await answerWith(answer);
    expect(await get('')).toMatch(expected);
  });

  it('with hop-by-hop headers and Proxy-Status: is forwarded without them', async () => {
    await answerWith(
      'HTTP/1.1 403 No\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nProxy-Status: linkcast-egress; error=x\r\nX-End: 2\r\nContent-Length: 0\r\n\r\n',
    );
    expect(await get('')).toBe('HTTP/1.1 403 No\r\nX-End: 2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['nothing', ''],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent-'],
    ['an endless head', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`],
    ['a folded header', 'HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n'],
    ['a control character', 'HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n'],
    ['a bare line feed', 'HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: b\r\n\r\n'],
    ['a space before the colon', 'HTTP/1.1 200 OK\r\nContent-Length : 4\r\n\r\nbody'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nbody'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['an unknown coding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'],
  ])('with %s: is answered 502', async (_, answer) => {
    await answerWith(answer);
    expect(await get('')).toMatch(/^HTTP\/1\.1 502 [^]*error=http_protocol_error\r\n/);
  });

  it.each([
    ['before its length', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nbody')],
    ['by a reset', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nbody', () => socket.resetAndDestroy())],
  ])('aborted %s: the connection to the client is reset', async (_, answer) => {
    await answerWith(answer);
    expect(await get('')).toMatch(/\[ECONNRESET\]$/);
  });

  it('to HEAD: has no body', async () => {
    await answerWith('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody');
    expect(await get('', { method: 'HEAD' })).toMatch(/Content-Length: 4\r\nConnection: close\r\n\r\n$/);
  });
});

describe('large bodies', () => {
  const body = randomBytes(20_000_000);
  const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

  it('to a client that reads slowly: arrive complete, and are not read from the source ahead of it', async () => {
    let taken = 0;
    await answerWith((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`);
      const send = (): void => {
        while (taken < body.length && socket.write(body.subarray(taken, (taken += 65_536)))) continue;
      };
      socket.on('drain', send);
      send();
    });
    const response = await proxy.request(`${origin.url}/`);
    await delay(300); // long enough to take all of it, if nothing held it back
    expect(taken).toBeLessThan(body.length);
    expect(digest(await buffer(response))).toBe(digest(body));
  });

  it('of many connections, some closed early and some read slowly: arrive complete, each with its own bytes', async () => {
    const PART = 8_000_000; // more than the kernel holds for a client that reads slowly
    await answerWith((socket) => {
      const number = origin.connections();
      socket.end(
        Buffer.concat([
          Buffer.from(`HTTP/1.1 200 OK\r\nX-Number: ${number}\r\n\r\n`),
          body.subarray(number, number + PART),
        ]),
      );
    });
    const visit = async (index: number): Promise<void> => {
      const response = await proxy.request(`${origin.url}/`);
      if (index % 4 === 0) return void response.destroy();
      if (index % 4 === 1) await delay(200);
      const number = Number(response.headers['x-number']);
      expect(digest(await buffer(response))).toBe(digest(body.subarray(number, number + PART)));
    };
    for (let round = 0; round < 5; round += 1)
      await Promise.all(Array.from({ length: 12 }, (_, index) => visit(index)));
  });

  it('in small pieces: arrive complete and in order', async () => {
    await answerWith((socket) => {
      socket.setNoDelay(true);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      let at = 0;
      const send = (): void => {
        if (at >= 2_000_000) return void socket.end();
        socket.write(body.subarray(at, (at += 5000)));
        setImmediate(send);
      };
      send();
    });
    const response = await proxy.request(`${origin.url}/`);
    expect(digest(await buffer(response))).toBe(digest(body.subarray(0, 2_000_000)));
  });

  it('through a tunnel: arrive complete in both directions', async () => {
    await answerWith((socket) => void socket.on('data', (chunk) => socket.write(chunk)));
    const { socket } = await proxy.tunnel(origin.hostPort);
    const parts: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => parts.push(chunk));
    socket.write('first'); // answered before the echo listens
    await until(() => origin.received().includes('first'));
    socket.write(body.subarray(0, 3_000_000));
    await until(() => parts.reduce((sum, part) => sum + part.length, 0) >= 3_000_000);
    expect(digest(Buffer.concat(parts).subarray(-3_000_000))).toBe(digest(body.subarray(0, 3_000_000)));
    socket.destroy();
  });
});

describe('connections', () => {
  it('of a client that disconnects: are closed at the source, with and without a tunnel', async () => {
    const closed: string[] = [];
    await answerWith((socket) => {
      socket.on('close', () => closed.push('closed'));
      socket.write('HTTP/1.1 200 OK\r\n\r\nbody');
    });
    const response = await proxy.request(`${origin.url}/`);
    response.destroy();
    await until(() => closed.length === 1);
    const { socket } = await proxy.tunnel(origin.hostPort);
    socket.write('x');
    await once(socket, 'data');
    socket.destroy();
    await until(() => closed.length === 2);
  });

  it('of a source that ends a tunnel: pass its last bytes, then end', async () => {
    await answerWith('last bytes');
    const { socket } = await proxy.tunnel(origin.hostPort);
    socket.write('x');
    expect((await buffer(socket)).toString()).toBe('last bytes');
  });

  it('of a source that resets a tunnel: are reset', async () => {
    await answerWith((socket) => socket.resetAndDestroy());
    const { socket } = await proxy.tunnel(origin.hostPort);
    socket.resume();
    const failed = once(socket, 'error').catch((error: unknown) => [error]);
    socket.write('x');
    expect(await failed).toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
  });
});
