import { once } from 'node:events';
import net from 'node:net';

/** A port that somebody needs, and the setting that chooses it. */
export interface NeededPort {
  readonly port: number;
  readonly setting: string;
}

export type PortState = 'free' | 'taken' | 'forbidden';

/** Checks whether this user can listen on the port of 127.0.0.1 now. */
export async function checkPort(port: number): Promise<PortState> {
  const server = net.createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return 'free';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException; // listen fails with these
    if (code === 'EADDRINUSE') return 'taken';
    if (code === 'EACCES') return 'forbidden';
    throw error;
  } finally {
    server.close();
  }
}
