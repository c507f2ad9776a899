import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

/** The DNS servers of this machine, or of Docker: nginx wants to be told and does not read resolv.conf itself. */
export async function readNameServers(file = '/etc/resolv.conf'): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => ''); // without one only addresses can be upstreams
  return [...text.matchAll(/^nameserver\s+(\S+)/gm)]
    .map((match) => match[1] ?? '')
    .filter((address) => isIP(address) !== 0 && !address.includes('%'))
    .slice(0, 3);
}
