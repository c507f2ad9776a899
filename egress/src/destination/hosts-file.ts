import { readIfThere } from '@linkcast/kit';
import { isIP } from 'node:net';

/** Gives the addresses that a hosts file has for a name; none when it has no such name. The file is read each time. */
export async function findInHostsFile(file: string, hostname: string): Promise<string[]> {
  const name = hostname.toLowerCase();
  const lines = ((await readIfThere(file)) ?? '').split('\n');
  return lines.flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    return isIP(address) !== 0 && names.some((listed) => listed.toLowerCase() === name) ? [address] : [];
  });
}
