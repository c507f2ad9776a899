import type { Logger } from '@linkcast/kit';
import { stat } from 'node:fs/promises';
import { hasExpired, PairFault, readPair } from './certificate-pair.ts';
import type { PairStore } from './pair-store.ts';

export interface PairSourceOptions {
  /** Path at which certbot stores the pair. */
  readonly file: string;
  /** Host name of the certificate. */
  readonly name: string;
  readonly store: PairStore;
  readonly logger: Logger;
}

/** The file that certbot writes. */
export interface PairSource {
  /**
   * Reads the file if it has changed, and stores a valid new pair. An invalid pair is logged once, and not read again until
   * the file changes.
   *
   * @returns true when the store has a new pair.
   */
  check(): Promise<boolean>;
}

export function createPairSource({ file, name, store, logger }: PairSourceOptions): PairSource {
  let checkedStamp: string | undefined;
  let reportedExpiry: string | undefined;

  const storeIfNew = async (): Promise<boolean> => {
    const pair = await readPair(file, name);
    if (!pair || pair.fingerprint === store.current?.fingerprint) return false;
    if (hasExpired(pair)) throw new PairFault('expired');
    await store.replace(pair);
    const { serialNumber, issuer, notAfter } = pair;
    logger.info({ serialNumber, issuer, notAfter }, 'certificate accepted');
    return true;
  };
  const warnOfExpiry = (): void => {
    const { current } = store;
    if (!current || !hasExpired(current) || reportedExpiry === current.fingerprint) return;
    reportedExpiry = current.fingerprint;
    logger.error({ notAfter: current.notAfter }, 'certificate expired, serving it until there is a new one');
  };

  return {
    check: async () => {
      warnOfExpiry();
      const stamp = await readStamp(file);
      if (stamp === checkedStamp) return false;
      try {
        const isNew = await storeIfNew();
        checkedStamp = stamp;
        return isNew;
      } catch (error) {
        if (!(error instanceof PairFault)) throw error; // a full disk: the next check tries again
        logger.warn({ fault: error.message, cause: error.cause }, 'certificate refused, serving the previous one');
        checkedStamp = stamp;
        return false;
      }
    },
  };
}

/** Reads a value that changes with the file. certbot replaces the file, so the inode number changes each time. */
async function readStamp(file: string): Promise<string | undefined> {
  try {
    const { ino, mtimeMs, size } = await stat(file);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return undefined; // missing or not accessible
  }
}
