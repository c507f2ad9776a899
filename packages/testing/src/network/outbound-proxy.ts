import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { portOf } from './port-of.ts';

/** `refuse`: answers that it may not. `hang`: says nothing. `html`: answers with a web page. */
export type OutboundBehaviour = 'work' | 'refuse' | 'hang' | 'html';

export interface OutboundProxyOptions {
  readonly kind: 'http' | 'socks5';
  readonly behaviour?: OutboundBehaviour;
  /** The `user:password` that it wants. Default: none. */
  readonly credentials?: string;
}

/** A little outbound proxy on loopback. */
export interface OutboundProxy {
  /** `http://127.0.0.1:1234`, with the credentials. */
  readonly url: string;
  readonly port: number;
  /** The targets that clients asked for: `127.0.0.1:80`. */
  readonly targets: readonly string[];
  close(): Promise<void>;
}

/** The address from which it connects to its targets: by it they recognise who comes by an outbound proxy. */
export const OUTBOUND_ADDRESS = '127.0.0.2';

const PAGE = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<h1>Login</h1>\r\n';

/** @returns the target that the client asks for, after the proxy has accepted it. */
type Greet = (socket: Socket, options: OutboundProxyOptions) => Promise<{ host: string; port: number } | undefined>;

export async function startOutboundProxy(options: OutboundProxyOptions): Promise<OutboundProxy> {
  const { kind, behaviour = 'work', credentials } = options;
  const targets: string[] = [];
  const sockets = new Set<Socket>();
  const greet = kind === 'http' ? greetHttp : greetSocks;
  const serve = async (socket: Socket): Promise<void> => {
    if (behaviour === 'hang') return;
    if (behaviour === 'html') {
      socket.end(PAGE);
      return;
    }
    const target = await greet(socket, options);
    if (!target) return;
    targets.push(`${target.host}:${target.port}`);
    const other = connect({ ...target, localAddress: OUTBOUND_ADDRESS });
    sockets.add(other);
    await once(other, 'connect');
    socket.write(kind === 'http' ? 'HTTP/1.1 200 OK\r\n\r\n' : Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
    socket.pipe(other).pipe(socket);
    other.on('error', () => socket.destroy());
    socket.on('error', () => other.destroy());
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // the client has left
    serve(socket).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  return {
    url: `${kind}://${credentials === undefined ? '' : `${credentials}@`}127.0.0.1:${port}`,
    port,
    targets,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const greetHttp: Greet = async (socket, { behaviour, credentials }) => {
  const head = (await readSome(socket)).toString('latin1');
  const [, host = '', port = ''] = /^CONNECT (\S+):(\d+) HTTP/.exec(head) ?? [];
  const wanted = `Basic ${Buffer.from(credentials ?? '').toString('base64')}`;
  if (behaviour === 'refuse') socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  else if (credentials !== undefined && !head.includes(`Proxy-Authorization: ${wanted}`))
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  else return { host, port: Number(port) };
  return undefined;
};

const greetSocks: Greet = async (socket, { behaviour, credentials }) => {
  const methods = await readSome(socket);
  const wantsPassword = credentials !== undefined;
  socket.write(Buffer.from([5, wantsPassword ? 2 : 0]));
  if (wantsPassword) {
    const given = await readSome(socket);
    const length = given[1] ?? 0;
    const isRight = `${given.toString('utf8', 2, 2 + length)}:${given.toString('utf8', 3 + length)}` === credentials;
    socket.write(Buffer.from([1, isRight && methods.includes(2) ? 0 : 1]));
    if (!isRight) return undefined;
  }
  const request = await readSome(socket);
  if (behaviour === 'refuse') {
    socket.end(Buffer.from([5, 2, 0, 1, 0, 0, 0, 0, 0, 0]));
    return undefined;
  }
  return { host: request.subarray(4, 8).join('.'), port: request.readUInt16BE(8) };
};

async function readSome(socket: Socket): Promise<Buffer> {
  const [bytes] = (await once(socket, 'data')) as [Buffer]; // no encoding is set
  return bytes;
}
