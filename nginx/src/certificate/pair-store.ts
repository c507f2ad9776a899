import { writeFileAtomic, type Logger } from '@linkcast/kit';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { PairFault, readPair, type CertificatePair } from './certificate-pair.ts';
import { findSettingsFault } from '../conf/conf-file.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';

/** The edge's own copy of the certificate for the domain. It is served even when the original is lost. */
export interface PairStore {
  /** Undefined: there was none yet, and the self-signed certificate is served. */
  readonly current: CertificatePair | undefined;
  /** The settings for nginx, including the pair if there is one. */
  readonly settings: EdgeSettings;
  /** Replaces the pair. @throws {PairFault} when nginx refuses it; the previous pair stays. */
  replace(pair: CertificatePair): Promise<void>;
}

/** Opens the store: `pair.pem` in the state directory, mode 0600. `settings` are those without a pair. */
export async function openPairStore(settings: EdgeSettings, logger: Logger): Promise<PairStore> {
  const file = path.join(settings.stateDirectory, 'pair.pem');
  let current = await loadPair(file, settings, logger);

  return {
    get current() {
      return current;
    },
    get settings() {
      return current ? { ...settings, certificateFile: file } : settings;
    },
    replace: async (pair) => {
      const candidate = `${file}.new`;
      await writeFileAtomic(candidate, pair.pem, { mode: 0o600 });
      const fault = await findSettingsFault({ ...settings, certificateFile: candidate });
      if (fault !== undefined) {
        await rm(candidate);
        throw new PairFault('refused by nginx', { cause: fault });
      }
      await rename(candidate, file);
      current = pair;
    },
  };
}

async function loadPair(file: string, settings: EdgeSettings, logger: Logger): Promise<CertificatePair | undefined> {
  if (settings.domainName === undefined) return undefined;
  try {
    const pair = await readPair(file, settings.domainName);
    const fault = pair && (await findSettingsFault({ ...settings, certificateFile: file }));
    if (fault !== undefined) throw new PairFault('refused by nginx', { cause: fault });
    return pair;
  } catch (error) {
    if (!(error instanceof PairFault)) throw error;
    logger.warn({ fault: error.message, cause: error.cause }, 'stored certificate cannot be served');
    return undefined;
  }
}
