import { readIfThere } from '@linkcast/kit';
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parsePair, type CertificatePair } from './certificate-pair.ts';

/** certbot's files of one certificate through its renewals. */
export interface Lineage {
  /** certbot's `--cert-name`. */
  readonly name: string;
  /** Reads the newest pair; null: there is none, or it is incomplete. */
  read(): Promise<CertificatePair | null>;
  /** Removes incomplete files, such as those of a write that a full disk interrupted: certbot fails with them. */
  repair(): Promise<void>;
  remove(): Promise<void>;
}

/** The last section of certbot's configuration file of a lineage. */
const RENEWAL_SECTION = '[renewalparams]';

/** Creates the access to the lineage of a domain name at an ACME server; each name and server has its own. */
export function createLineage(configDirectory: string, domainName: string, directoryUrl: string): Lineage {
  const digest = createHash('sha256').update(`${domainName}\n${directoryUrl}`).digest('hex');
  const name = `linkcast-${digest.slice(0, 12)}`;
  const live = path.join(configDirectory, 'live', name);
  const renewal = path.join(configDirectory, 'renewal', `${name}.conf`);
  const files = [live, path.join(configDirectory, 'archive', name), renewal];

  const read = async (): Promise<CertificatePair | null> => {
    const [key, chain] = await Promise.all(
      ['privkey.pem', 'fullchain.pem'].map((file) => readIfThere(path.join(live, file))),
    );
    return parsePair(`${key ?? ''}\n${chain ?? ''}`);
  };
  const remove = async (): Promise<void> => {
    await Promise.all(files.map((file) => rm(file, { recursive: true, force: true })));
  };
  return {
    name,
    read,
    remove,
    repair: async () => {
      const isComplete = (await readIfThere(renewal))?.includes(RENEWAL_SECTION) === true && (await read()) !== null;
      if (!isComplete) await remove();
    },
  };
}
