import { createSupervisor, isDiskFull, type Logger, type Stoppable } from '@linkcast/kit';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { verdictSocketOf } from './locations/access-location.ts';
import { createAccessLog } from './process/access-log.ts';
import { watchCertificates } from './certificate/certificate-watch.ts';
import { installConf } from './conf/conf-file.ts';
import { clearVerdicts, pidFilesOf, prepareDirectories, verdictDirectoryFor } from './process/directories.ts';
import type { EdgeSettings } from './settings/edge-settings.ts';
import { killLeftoverNginx } from './process/leftover-nginx.ts';
import { readNameServers } from './settings/name-servers.ts';
import { readNginxFeatures } from './settings/nginx-features.ts';
import { startNginx } from './process/nginx-program.ts';
import { createPairSource } from './certificate/pair-source.ts';
import { openPairStore } from './certificate/pair-store.ts';
import { ensureCertificate } from './certificate/self-signed-certificate.ts';
import { chooseWorkerUser, findWorkers, type SystemUser } from './settings/worker-user.ts';

/** What the environment says; the rest of the settings is found out here. */
export type EdgeOptions = Omit<EdgeSettings, FoundOut> & { readonly logger: Logger };
type FoundOut = 'nameServers' | 'features' | 'workerUser' | 'accessLogPort' | 'verdictDirectory' | 'certificateFile';

/** For requests that are being answered; listeners of the station would stay for ever. */
const QUIT_SECONDS = 3;

/** nginx, configured and kept running: certificates, configuration, check, start, and reload when a certificate is new. */
export async function createEdge({ logger, ...options }: EdgeOptions): Promise<Stoppable> {
  const directory = options.stateDirectory;
  const workers = await findWorkers(process.getuid?.());
  await prepareDirectories(options, workers);
  for (const file of pidFilesOf(options)) {
    const leftovers = await killLeftoverNginx(file);
    if (leftovers > 0) logger.warn({ leftovers }, 'killed the nginx of a predecessor');
  }
  const names = selfSignedNames(options);
  await ensureCertificate(directory, names);
  const accessLog = await createAccessLog(logger);
  const settings = await completeSettings(options, { accessLogPort: accessLog.port, workers, logger });
  const store = await openPairStore(settings, logger);
  const source = createPairSource({
    file: path.join(options.certificateDirectory, 'pair.pem'),
    name: options.domainName ?? '',
    store,
    logger,
  });
  if (options.domainName !== undefined) {
    await source.look().catch((error: unknown) => {
      if (!isDiskFull(error)) throw error;
      logger.error('the disk is full: a new certificate is taken over later');
    });
  }
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
  const watch = watchCertificates({ settings, names, store, source, nginx, logger });

  return {
    stop: async () => {
      await Promise.all([watch.stop(), nginx.stop()]);
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
  { accessLogPort, workers, logger }: { accessLogPort: number; workers: SystemUser | undefined; logger: Logger },
): Promise<EdgeSettings> {
  const { stateDirectory, mediaDirectory, siteDirectory, certificateDirectory } = options;
  const readable = [mediaDirectory, siteDirectory];
  if (options.domainName !== undefined) readable.push(path.join(certificateDirectory, 'webroot'));
  const enterable = [path.join(stateDirectory, 'temp')];
  const workerUser = await chooseWorkerUser(process.getuid?.(), workers, { readable, enterable });
  if (workerUser === 'root') logger.warn('nginx works as root, because only root can enter its directories');
  return {
    ...options,
    accessLogPort,
    verdictDirectory: await verdictDirectoryFor(options, workers),
    nameServers: await readNameServers(),
    features: await readNginxFeatures(stateDirectory),
    ...(workerUser ? { workerUser } : {}),
  };
}
