import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { FolderInUse, holderOf, parseHolder, type LockHolder, type Stoppable } from '@linkcast/kit';

const WAIT_MS = 3000;
const ATTEMPT_MS = 100;
const ANSWER_MS = 1000;

/**
 * Locks the name of a worker on this machine: a second worker with the same name and media would end the programs of the
 * first. The lock is an abstract socket, which ends with this process, and tells the next one who holds it. It is no file in
 * MEDIA_DIR: an open one would keep the disk from being unmounted.
 *
 * @param owner the mark of the worker's programs.
 * @throws {FolderInUse} when another process holds it for 3 seconds.
 */
export async function lockWorker(owner: string, mediaDir: string): Promise<Stoppable> {
  const address = `\0linkcast-worker-${createHash('sha256').update(owner).digest('hex')}`;
  const endsAt = performance.now() + WAIT_MS;
  for (;;) {
    const server = await tryListen(address);
    if (server) return { stop: () => void server.close() };
    if (performance.now() > endsAt) throw new FolderInUse(mediaDir, await askHolder(address));
    await delay(ATTEMPT_MS);
  }
}

async function tryListen(address: string): Promise<Server | undefined> {
  const holder = JSON.stringify(holderOf('worker'));
  const server = createServer((socket) => {
    socket.on('error', () => undefined); // the other process has ended
    socket.end(holder);
  });
  try {
    server.listen(address);
    await once(server, 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined; // listen fails with these
    throw error;
  }
}

async function askHolder(path: string): Promise<LockHolder | undefined> {
  const socket = connect({ path, timeout: ANSWER_MS });
  socket.once('timeout', () => socket.destroy());
  try {
    return parseHolder(await text(socket));
  } catch {
    return undefined; // it has ended meanwhile, or is no worker
  }
}
