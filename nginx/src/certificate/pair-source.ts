import type { Logger } from '@linkcast/kit';
import { stat } from 'node:fs/promises';
import { hasExpired, PairFault, readPair } from './certificate-pair.ts';
import type { PairStore } from './pair-store.ts';

export interface PairSourceOptions {
  /** Where certbot puts the pair. */
  readonly file: string;
  /** The name that it has to be for. */
  readonly name: string;
  readonly store: PairStore;
  readonly logger: Logger;
}

/** The file that certbot writes, and what has been made of it so far. */
export interface PairSource {
  /**
   * Looks whether there is another pair, and takes it into the store when it is good. A bad one is refused with one
   * warning, and not looked at again until the file changes.
   *
   * @returns true when the store holds a new pair.
   */
  look(): Promise<boolean>;
}

export function createPairSource({ file, name, store, logger }: PairSourceOptions): PairSource {
  let seen: string | undefined;
  let expired: string | undefined;

  const take = async (): Promise<boolean> => {
    const pair = await readPair(file, name);
    if (!pair || pair.fingerprint === store.current?.fingerprint) return false;
    if (hasExpired(pair)) throw new PairFault('it has expired');
    await store.adopt(pair);
    const { serialNumber, issuer, notAfter } = pair;
    logger.info({ serialNumber, issuer, notAfter }, 'certificate taken over');
    return true;
  };
  const warnOfExpiry = (): void => {
    const { current } = store;
    if (!current || !hasExpired(current) || expired === current.fingerprint) return;
    expired = current.fingerprint;
    logger.error(
      { notAfter: current.notAfter },
      'the certificate has expired; it is served on until there is a new one',
    );
  };

  return {
    look: async () => {
      warnOfExpiry();
      const stamp = await readStamp(file);
      if (stamp === seen) return false;
      try {
        const isNew = await take();
        seen = stamp;
        return isNew;
      } catch (error) {
        if (!(error instanceof PairFault)) throw error; // a full disk: it is tried again
        logger.warn({ fault: error.message, cause: error.cause }, 'certificate refused, the one before is served on');
        seen = stamp;
        return false;
      }
    },
  };
}

/** Changes whenever the file does: certbot's keeper replaces it, so it is another file each time. */
async function readStamp(file: string): Promise<string | undefined> {
  try {
    const { ino, mtimeMs, size } = await stat(file);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return undefined; // not there, or not for us to see: as good as not there
  }
}
