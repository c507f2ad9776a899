import { createSupervisor, installationMark, type Logger, type Stoppable, type Supervisor } from '@linkcast/kit';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { verdictSocketOf } from './access-locations.ts';
import { createAccessLog } from './access-log.ts';
import { installConf } from './config-file.ts';
import { clearVerdicts, prepareDirectories, verdictDirectoryFor } from './directories.ts';
import type { EdgeSettings } from './edge-settings.ts';
import { killLeftoverNginx } from './leftover-nginx.ts';
import { readNameServers } from './name-servers.ts';
import { readNginxFeatures } from './nginx-features.ts';
import { startNginx } from './nginx-program.ts';
import { createPairSource } from './pair-source.ts';
import { openPairStore, type PairStore } from './pair-store.ts';
import { startRounds } from './rounds.ts';
import { ensureCertificate } from './self-signed-certificate.ts';
import { ownAddress, readServedSerial } from './served-certificate.ts';
import { chooseWorkerUser } from './worker-user.ts';

/** What the environment says; the rest of the settings is found out here. */
export type EdgeOptions = Omit<EdgeSettings, FoundOut> & { readonly logger: Logger };
type FoundOut =
  | 'nameServers'
  | 'features'
  | 'workerUser'
  | 'accessLogPort'
  | 'installationMark'
  | 'verdictDirectory'
  | 'certificateFile';

const SELF_SIGNED_CHECK_HOURS = 12;
const PAIR_CHECK_SECONDS = 2;
const SWITCH_SECONDS = 15;
/** For requests that are being answered; listeners of the station would stay for ever. */
const QUIT_SECONDS = 3;

/** nginx, configured and kept running: certificates, configuration, check, start, and reload when a certificate is new. */
export async function createEdge({ logger, ...options }: EdgeOptions): Promise<Stoppable> {
  const directory = options.stateDirectory;
  await prepareDirectories(options);
  const leftovers = await killLeftoverNginx(path.join(directory, 'nginx.pid'));
  if (leftovers > 0) logger.warn({ leftovers }, 'killed the nginx of a predecessor');
  await ensureCertificate(directory, selfSignedNames(options));
  const accessLog = await createAccessLog(logger);
  const settings = await completeSettings(options, accessLog.port, logger);
  const store = await openPairStore(settings, logger);
  const source = createPairSource({
    file: path.join(options.certificateDirectory, 'pair.pem'),
    name: options.domainName ?? '',
    store,
    logger,
  });
  if (options.domainName !== undefined) await source.look();
  const file = await installConf(store.settings, logger);

  const nginx = createSupervisor({
    name: 'nginx',
    logger,
    start: () => {
      rmSync(verdictSocketOf(settings), { force: true }); // a killed nginx leaves it, and the next could not listen
      return startNginx(file, { directory, logger });
    },
    quit: { signal: 'SIGQUIT', seconds: QUIT_SECONDS },
  });
  const selfSigned = startRounds({
    name: 'self-signed certificate',
    seconds: SELF_SIGNED_CHECK_HOURS * 3600,
    logger,
    task: async () => {
      if (await ensureCertificate(directory, selfSignedNames(options))) nginx.signal('SIGHUP');
    },
  });
  const pairs = startRounds({
    name: 'certificate',
    seconds: PAIR_CHECK_SECONDS,
    logger,
    task: async (signal) => {
      if (options.domainName !== undefined && (await source.look())) await switchPair({ store, nginx, logger, signal });
    },
  });

  return {
    stop: async () => {
      await Promise.all([selfSigned.stop(), pairs.stop(), nginx.stop()]);
      accessLog.stop();
      await clearVerdicts(settings.verdictDirectory);
    },
  };
}

function selfSignedNames({ domainName, homeNames }: Pick<EdgeSettings, 'domainName' | 'homeNames'>): string[] {
  const names = ['localhost', '127.0.0.1', '::1', ...homeNames];
  return [...new Set(domainName === undefined ? names : [domainName, ...names])];
}

async function completeSettings(
  options: Omit<EdgeOptions, 'logger'>,
  accessLogPort: number,
  logger: Logger,
): Promise<EdgeSettings> {
  const { stateDirectory, mediaDirectory, siteDirectory, certificateDirectory } = options;
  const directories = [stateDirectory, mediaDirectory, siteDirectory];
  if (options.domainName !== undefined) directories.push(path.join(certificateDirectory, 'webroot'));
  const workerUser = await chooseWorkerUser(process.getuid?.(), directories);
  if (workerUser === 'root') logger.warn('nginx works as root, because only root can enter its directories');
  return {
    ...options,
    accessLogPort,
    verdictDirectory: await verdictDirectoryFor(options),
    installationMark: installationMark(options.apiToken),
    nameServers: await readNameServers(),
    features: await readNginxFeatures(stateDirectory),
    ...(workerUser ? { workerUser } : {}),
  };
}

interface Switch {
  readonly store: PairStore;
  readonly nginx: Supervisor;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** Has nginx read the new pair, and makes sure that it is the one that callers get to see. */
async function switchPair({ store, nginx, logger, signal }: Switch): Promise<void> {
  const { settings, current } = store;
  await installConf(settings, logger);
  nginx.signal('SIGHUP');
  const door = {
    host: ownAddress(settings.listenAddresses[0] ?? '127.0.0.1'),
    port: settings.httpsPort,
    name: settings.domainName ?? '',
  };
  const deadline = performance.now() + SWITCH_SECONDS * 1000;
  while (!signal.aborted && performance.now() < deadline) {
    const serialNumber = await readServedSerial(door);
    if (serialNumber === current?.serialNumber) {
      logger.info({ serialNumber }, 'certificate switched');
      return;
    }
    await delay(200);
  }
  if (!signal.aborted) logger.error({ expected: current?.serialNumber }, 'nginx does not serve the new certificate');
}
