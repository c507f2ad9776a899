import { startPeriodicLoop, type Logger, type PeriodicLoop, type Stoppable, type Supervisor } from '@linkcast/kit';
import { setTimeout as delay } from 'node:timers/promises';
import { installConf } from '../conf/conf-file.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import type { PairSource } from './pair-source.ts';
import type { PairStore } from './pair-store.ts';
import { ensureSelfSignedCertificate } from './self-signed-certificate.ts';
import { loopbackAddressOf, readServedSerial } from './served-certificate.ts';

const SELF_SIGNED_CHECK_MS = 12 * 3_600_000;
const PAIR_CHECK_MS = 2000;
const RETRY_MS = 60_000; // a fault such as a full disk lasts, and is logged each time
const SWITCH_SECONDS = 15;

export interface CertificateWatchOptions {
  readonly settings: EdgeSettings;
  /** Names of the self-signed certificate. */
  readonly names: readonly string[];
  readonly store: PairStore;
  readonly source: PairSource;
  readonly nginx: Supervisor;
  readonly logger: Logger;
}

/** Renews the self-signed certificate, and makes nginx serve each new certificate of certbot. */
export function watchCertificates(options: CertificateWatchOptions): Stoppable {
  const { settings, names, source, nginx, logger } = options;
  const loops = [
    startLoop({ name: 'self-signed certificate', everyMs: SELF_SIGNED_CHECK_MS, logger }, async () => {
      if (await ensureSelfSignedCertificate(settings.stateDirectory, names)) nginx.signal('SIGHUP');
    }),
    startLoop({ name: 'certificate', everyMs: PAIR_CHECK_MS, logger }, async (signal) => {
      if (settings.domainName !== undefined && (await source.check())) await switchPair(options, signal);
    }),
  ];
  return {
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

interface LoopOptions {
  readonly name: string;
  readonly everyMs: number;
  readonly logger: Logger;
}

function startLoop({ name, everyMs, logger }: LoopOptions, run: (signal: AbortSignal) => Promise<void>): PeriodicLoop {
  return startPeriodicLoop({
    name,
    logger,
    everyMs,
    firstAfterMs: everyMs,
    run: async (signal) => {
      await run(signal);
      return undefined;
    },
    onFailure: (error) => {
      logger.error({ err: error, task: name }, 'periodic task failed');
      return RETRY_MS;
    },
  });
}

/** Makes nginx read the new pair, and checks that it is served. */
async function switchPair({ store, nginx, logger }: CertificateWatchOptions, signal: AbortSignal): Promise<void> {
  const expected = store.current?.serialNumber;
  await installConf(store.settings, logger);
  nginx.signal('SIGHUP');
  if (await isServed(store.settings, expected, signal)) logger.info({ serialNumber: expected }, 'certificate switched');
  else if (!signal.aborted) logger.error({ serialNumber: expected }, 'new certificate not served by nginx');
}

async function isServed(settings: EdgeSettings, expected: string | undefined, signal: AbortSignal): Promise<boolean> {
  const host = loopbackAddressOf(settings.listenAddresses[0] ?? '127.0.0.1');
  const endpoint = { host, port: settings.httpsPort, name: settings.domainName ?? '' };
  const deadline = performance.now() + SWITCH_SECONDS * 1000;
  while (!signal.aborted && performance.now() < deadline) {
    if ((await readServedSerial(endpoint)) === expected) return true;
    await delay(200);
  }
  return false;
}
