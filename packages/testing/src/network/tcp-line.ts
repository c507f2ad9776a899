import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { portOf } from './port-of.ts';

/** A TCP line from a port of 127.0.0.1 to a server, which a test cuts and blocks. */
export interface TcpLine {
  readonly port: number;
  /** Resets all connections, and every new one, until {@link restore}. */
  cut(): void;
  /** Accepts connections and carries nothing in either direction, also of those that are open, until {@link restore}. */
  block(): void;
  restore(): void;
  close(): Promise<void>;
}

type State = 'open' | 'cut' | 'blocked';

/** @param to port of the server, on 127.0.0.1. */
export async function createTcpLine(to: number): Promise<TcpLine> {
  const sockets = new Set<Socket>();
  let state: State = 'open';
  const server = createServer({ pauseOnConnect: true }, (near) => {
    if (state === 'cut') {
      reset(near);
      return;
    }
    const far = connect({ host: '127.0.0.1', port: to });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('data', (chunk) => {
        if (!other.write(chunk)) socket.pause();
      });
      socket.on('drain', () => {
        if (state === 'open') other.resume();
      });
      socket.on('end', () => other.end());
      socket.on('error', () => reset(other));
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroySoon();
      });
      if (state === 'open') socket.resume();
      else socket.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const resetAll = (): void => {
    for (const socket of sockets) reset(socket);
  };

  return {
    port: portOf(server),
    cut() {
      state = 'cut';
      resetAll();
    },
    block() {
      state = 'blocked';
      for (const socket of sockets) socket.pause();
    },
    restore() {
      state = 'open';
      for (const socket of sockets) socket.resume();
    },
    async close() {
      server.close();
      resetAll();
      if (server.listening) await once(server, 'close');
    },
  };
}

/** Resets a connection at once; Node alone would first wait until all that was written has been sent. */
function reset(socket: Socket): void {
  socket.resetAndDestroy();
  socket.destroy();
}
