import type { Logger, Stoppable, Supervisor } from '@linkcast/kit';
import { setTimeout as delay } from 'node:timers/promises';
import { installConf } from '../conf/conf-file.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import type { PairSource } from './pair-source.ts';
import type { PairStore } from './pair-store.ts';
import { startRounds } from './rounds.ts';
import { ensureCertificate } from './self-signed-certificate.ts';
import { ownAddress, readServedSerial } from './served-certificate.ts';

const SELF_SIGNED_CHECK_HOURS = 12;
const PAIR_CHECK_SECONDS = 2;
const SWITCH_SECONDS = 15;

export interface CertificateWatchOptions {
  readonly settings: EdgeSettings;
  /** What the self-signed certificate is for. */
  readonly names: readonly string[];
  readonly store: PairStore;
  readonly source: PairSource;
  readonly nginx: Supervisor;
  readonly logger: Logger;
}

/** Keeps the self-signed certificate fresh, and has nginx take over what certbot obtains. */
export function watchCertificates(options: CertificateWatchOptions): Stoppable {
  const { settings, names, source, nginx, logger } = options;
  const selfSigned = startRounds({
    name: 'self-signed certificate',
    seconds: SELF_SIGNED_CHECK_HOURS * 3600,
    logger,
    task: async () => {
      if (await ensureCertificate(settings.stateDirectory, names)) nginx.signal('SIGHUP');
    },
  });
  const pairs = startRounds({
    name: 'certificate',
    seconds: PAIR_CHECK_SECONDS,
    logger,
    task: async (signal) => {
      if (settings.domainName !== undefined && (await source.look())) await switchPair(options, signal);
    },
  });
  return {
    stop: async () => {
      await Promise.all([selfSigned.stop(), pairs.stop()]);
    },
  };
}

/** Has nginx read the new pair, and makes sure that it is the one that callers get to see. */
async function switchPair({ store, nginx, logger }: CertificateWatchOptions, signal: AbortSignal): Promise<void> {
  const expected = store.current?.serialNumber;
  await installConf(store.settings, logger);
  nginx.signal('SIGHUP');
  if (await isServed(store.settings, expected, signal)) logger.info({ serialNumber: expected }, 'certificate switched');
  else if (!signal.aborted) logger.error({ serialNumber: expected }, 'nginx does not serve the new certificate');
}

async function isServed(settings: EdgeSettings, expected: string | undefined, signal: AbortSignal): Promise<boolean> {
  const host = ownAddress(settings.listenAddresses[0] ?? '127.0.0.1');
  const door = { host, port: settings.httpsPort, name: settings.domainName ?? '' };
  const deadline = performance.now() + SWITCH_SECONDS * 1000;
  while (!signal.aborted && performance.now() < deadline) {
    if ((await readServedSerial(door)) === expected) return true;
    await delay(200);
  }
  return false;
}
