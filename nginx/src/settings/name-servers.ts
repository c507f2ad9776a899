import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

/** Reads the DNS servers of this machine, or of Docker, for nginx, which does not read resolv.conf itself. At most 3. */
export async function readNameServers(file = '/etc/resolv.conf'): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => ''); // without the file, upstreams must be addresses
  return [...text.matchAll(/^nameserver\s+(\S+)/gm)]
    .map((match) => match[1] ?? '')
    .filter((address) => isIP(address) !== 0 && !address.includes('%'))
    .slice(0, 3);
}
