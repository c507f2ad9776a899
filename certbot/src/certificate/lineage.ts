import { readIfThere } from '@linkcast/kit';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { readPair, type CertificatePair } from './certificate-pair.ts';

/** What certbot keeps of one certificate through its renewals. */
export interface Lineage {
  /** certbot's `--cert-name`. */
  readonly name: string;
  /** The newest pair that is whole; null: none. */
  read(): Promise<CertificatePair | null>;
  /** Removes it when it cannot be read, such as the rest of a write that a full disk cut: certbot stumbles over that. */
  repair(): Promise<void>;
  remove(): Promise<void>;
}

/** The last section of certbot's own file about a lineage. */
const RENEWAL_SECTION = '[renewalparams]';

/** The lineage of a domain name at an ACME server: another name or server has another one. */
export function createLineage(configDirectory: string, domainName: string, directoryUrl: string): Lineage {
  const digest = createHash('sha256').update(`${domainName}\n${directoryUrl}`).digest('hex');
  const name = `linkcast-${digest.slice(0, 12)}`;
  const live = path.join(configDirectory, 'live', name);
  const renewal = path.join(configDirectory, 'renewal', `${name}.conf`);
  const traces = [live, path.join(configDirectory, 'archive', name), renewal];

  const read = async (): Promise<CertificatePair | null> => {
    const [key, chain] = await Promise.all(
      ['privkey.pem', 'fullchain.pem'].map((file) => readIfThere(path.join(live, file))),
    );
    return readPair(`${key ?? ''}\n${chain ?? ''}`);
  };
  const remove = async (): Promise<void> => {
    await Promise.all(traces.map((trace) => rm(trace, { recursive: true, force: true })));
  };
  return {
    name,
    read,
    remove,
    repair: async () => {
      const isWhole = (await readIfThere(renewal))?.includes(RENEWAL_SECTION) === true && (await read()) !== null;
      if (!isWhole) await remove();
    },
  };
}
