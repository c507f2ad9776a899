import {
  createSupervisor,
  isDiskFull,
  killLeftovers,
  type Logger,
  type Stoppable,
  type Supervisor,
} from '@linkcast/kit';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { watchCertificates } from './certificate/certificate-watch.ts';
import { createPairSource, type PairSource } from './certificate/pair-source.ts';
import { openPairStore } from './certificate/pair-store.ts';
import { ensureSelfSignedCertificate } from './certificate/self-signed-certificate.ts';
import { checkSocketOf } from './conf/access-check-server.ts';
import { installConf } from './conf/conf-file.ts';
import { createAccessLog } from './process/access-log.ts';
import { createRuntimeDirectory, deleteRuntimeDirectory, prepareDirectories } from './process/directories.ts';
import { startNginx } from './process/nginx-program.ts';
import type { EdgeSettings } from './settings/edge-settings.ts';
import { readNameServers } from './settings/name-servers.ts';
import { readNginxFeatures } from './settings/nginx-features.ts';
import { chooseWorkerUser, findWorkerUser, type SystemUser } from './settings/worker-user.ts';

/** The settings from the environment. */
export type EdgeOptions = Omit<EdgeSettings, DetectedSetting> & { readonly logger: Logger };
/** The settings that are detected at the start. */
type DetectedSetting =
  'nameServers' | 'features' | 'workerUser' | 'accessLogPort' | 'runtimeDirectory' | 'certificateFile';

/**
 * Time for requests in progress. New ones are refused meanwhile, and listeners of the station and readers of events would never
 * disconnect: so an update interrupts all viewers for at least this time.
 */
const QUIT_SECONDS = 0.5;

/** Starts nginx: certificates, configuration, check, supervision, and a reload for each new certificate. */
export async function createEdge({ logger, ...options }: EdgeOptions): Promise<Stoppable> {
  const worker = await findWorkerUser(process.getuid?.());
  await prepareDirectories(options, worker);
  await endLeftovers(options, logger);
  const names = selfSignedNames(options);
  await ensureSelfSignedCertificate(options.stateDirectory, names);
  const accessLog = await createAccessLog(logger);
  const settings = await detectSettings(options, { accessLogPort: accessLog.port, worker, logger });
  const store = await openPairStore(settings, logger);
  const file = path.join(options.certificateDirectory, 'pair.pem');
  const source = createPairSource({ file, name: options.domainName ?? '', store, logger });
  if (options.domainName !== undefined) await checkFirstPair(source, logger);
  const nginx = superviseNginx(await installConf(store.settings, logger), settings, logger);
  const watch = watchCertificates({ settings, names, store, source, nginx, logger });

  return {
    stop: async () => {
      await Promise.all([watch.stop(), nginx.stop()]);
      accessLog.stop();
      await deleteRuntimeDirectory(settings.runtimeDirectory);
    },
  };
}

/** The master ends with its parent, but its workers keep the ports. */
async function endLeftovers({ stateDirectory }: Pick<EdgeOptions, 'stateDirectory'>, logger: Logger): Promise<void> {
  const count = await killLeftovers(stateDirectory, { retitled: 'nginx' });
  if (count > 0) logger.warn({ count }, 'leftover programs ended');
}

function selfSignedNames({ domainName, homeNames }: Pick<EdgeSettings, 'domainName' | 'homeNames'>): string[] {
  const names = ['localhost', '127.0.0.1', '::1', ...homeNames];
  return [...new Set(domainName === undefined ? names : [domainName, ...names])];
}

interface DetectionInputs {
  readonly accessLogPort: number;
  readonly worker: SystemUser | undefined;
  readonly logger: Logger;
}

async function detectSettings(
  options: Omit<EdgeOptions, 'logger'>,
  { accessLogPort, worker, logger }: DetectionInputs,
): Promise<EdgeSettings> {
  const { stateDirectory, mediaDirectory, siteDirectory, certificateDirectory } = options;
  const readable = [mediaDirectory, siteDirectory];
  if (options.domainName !== undefined) readable.push(path.join(certificateDirectory, 'webroot'));
  const enterable = [path.join(stateDirectory, 'temp')];
  const workerUser = await chooseWorkerUser(process.getuid?.(), worker, { readable, enterable });
  if (workerUser === 'root') logger.warn('nginx workers run as root: www-data cannot enter their directories');
  return {
    ...options,
    accessLogPort,
    runtimeDirectory: await createRuntimeDirectory(options, worker),
    nameServers: await readNameServers(),
    features: await readNginxFeatures(stateDirectory),
    ...(workerUser ? { workerUser } : {}),
  };
}

async function checkFirstPair(source: PairSource, logger: Logger): Promise<void> {
  try {
    await source.check();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    logger.error('disk full: new certificate not stored yet');
  }
}

function superviseNginx(file: string, settings: EdgeSettings, logger: Logger): Supervisor {
  return createSupervisor({
    name: 'nginx',
    logger,
    start: () => {
      rmSync(checkSocketOf(settings), { force: true }); // a killed nginx leaves it, and the next could not listen
      return startNginx(file, { directory: settings.stateDirectory, logger });
    },
    quit: { signal: 'SIGQUIT', seconds: QUIT_SECONDS },
  });
}
