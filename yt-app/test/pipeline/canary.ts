import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { portOf } from '@linkcast/testing';

/** Listens on one port over TCP and UDP, answers nothing, and counts connections and datagrams. */
export interface Canary {
  readonly port: number;
  /** The URL of the canary in a scheme, in the notation that ffmpeg takes for it. */
  url(scheme: string): string;
  /** Connections and datagrams so far. */
  contacts(): number;
  close(): Promise<void>;
}

export async function createCanary(): Promise<Canary> {
  let contacts = 0;
  const tcp = createServer((socket) => {
    contacts += 1;
    socket.destroy();
  });
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const port = portOf(tcp);
  const udp = createSocket('udp4', () => (contacts += 1));
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  return {
    port,
    url: (scheme) => `${scheme}://127.0.0.1:${port}/x`,
    contacts: () => contacts,
    close: async () => {
      udp.close();
      tcp.close();
      await once(tcp, 'close');
    },
  };
}

/** The protocols that this machine's ffmpeg reads, except http and https, which the egress proxy checks. */
export async function schemesOfFfmpeg(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ffmpeg', ['-v', 'quiet', '-protocols']);
  const input = stdout.slice(stdout.indexOf('Input:'), stdout.indexOf('Output:'));
  return input.split(/\s+/).filter((name) => /^[a-z0-9]+$/.test(name) && name !== 'http' && name !== 'https');
}
