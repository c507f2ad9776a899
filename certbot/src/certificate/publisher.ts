import { isDiskFull, writeFileAtomic } from '@linkcast/kit';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { findPairFault, readPair, type CertificatePair, type PairFault } from './certificate-pair.ts';

/** Why a pair was not published. */
export type PublishFault = PairFault | 'disk-full' | 'not-writable';

export interface Publisher {
  /** What is published for our name; null: nothing. */
  read(): Promise<CertificatePair | null>;
  /** Replaces the published pair by a good one, at once and whole. A fault leaves everything as it was. */
  publish(pair: CertificatePair, now: Date): Promise<PublishFault | null>;
  /** Takes away a pair that was made for another name. True: there was one. */
  withdrawForeign(): Promise<boolean>;
}

/** The one file that nginx takes its certificate from: `pair.pem`, key and chain together, readable by its owner only. */
export function createPublisher(certificateDirectory: string, domainName: string): Publisher {
  const file = path.join(certificateDirectory, 'pair.pem');
  const readAny = async (): Promise<CertificatePair | null> => readPair(await readFile(file, 'utf8').catch(() => '')); // none yet

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
    withdrawForeign: async () => {
      const pair = await readAny();
      if (pair === null || pair.isFor(domainName)) return false;
      await rm(file, { force: true });
      return true;
    },
  };
}
