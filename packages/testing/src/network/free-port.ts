import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that the kernel gives to connections and to servers on port 0 (ip_local_port_range): those may be taken at any moment. */
const [FIRST, LAST] = [20_000, 32_000];
const ATTEMPTS = 100;
const given = new Set<number>();

/** A TCP port of 127.0.0.1 that is free, and that no other call of this process returns: for programs that cannot choose one themselves (port 0). */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(FIRST, LAST);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port among ${ATTEMPTS} of ${FIRST} to ${LAST}`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false; // taken
  }
}
