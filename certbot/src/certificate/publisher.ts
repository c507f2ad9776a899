import { isDiskFull, writeFileAtomic } from '@linkcast/kit';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { findPairFault, parsePair, type CertificatePair, type PairFault } from './certificate-pair.ts';

/** The reason why a pair was not published. */
export type PublishFault = PairFault | 'disk-full' | 'not-writable';

/** The published pair that nginx reads. */
export interface Publisher {
  /** Reads the published pair of our name; null: none. */
  read(): Promise<CertificatePair | null>;
  /** Checks a pair and replaces the published one with it, atomically. A fault changes nothing. */
  publish(pair: CertificatePair, now: Date): Promise<PublishFault | null>;
  /** Deletes a published pair of another name. True: there was one. */
  deleteForeign(): Promise<boolean>;
}

/** Creates the publisher of `pair.pem`: key and chain in one file, readable by its owner only. */
export function createPublisher(certificateDirectory: string, domainName: string): Publisher {
  const file = path.join(certificateDirectory, 'pair.pem');
  const readAny = async (): Promise<CertificatePair | null> => parsePair(await readFile(file, 'utf8').catch(() => '')); // none yet

  return {
    read: async () => {
      const pair = await readAny();
      return pair?.isFor(domainName) === true ? pair : null;
    },
    publish: async (pair, now) => {
      const fault = findPairFault(pair, domainName, now);
      if (fault !== null) return fault;
      try {
        await writeFileAtomic(file, pair.pem, { mode: 0o600 });
        return null;
      } catch (error) {
        return isDiskFull(error) ? 'disk-full' : 'not-writable';
      }
    },
    deleteForeign: async () => {
      const pair = await readAny();
      if (pair === null || pair.isFor(domainName)) return false;
      await rm(file, { force: true });
      return true;
    },
  };
}
