import { createSupervisor, writeFileAtomic, type Logger, type Stoppable } from '@linkcast/kit';
import { chmod, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createAccessLog } from './access-log.ts';
import { ensureCertificate } from './certificate.ts';
import { renderEdgeConf } from './edge-conf.ts';
import type { EdgeSettings } from './edge-settings.ts';
import { killLeftoverNginx } from './leftover-nginx.ts';
import { findConfFault, hasHttp2Directive, startNginx } from './nginx-program.ts';
import { readNameServers } from './name-servers.ts';
import { chooseWorkerUser } from './worker-user.ts';

/** What the environment says; the rest of the settings is found out here. */
export type EdgeOptions = Omit<EdgeSettings, 'nameServers' | 'hasHttp2Directive' | 'workerUser' | 'accessLogPort'> & {
  readonly logger: Logger;
};

const CERTIFICATE_CHECK_HOURS = 12;
const QUIT_SECONDS = 5;

/** nginx, configured and kept running: certificate, configuration, check, start. */
export async function createEdge({ logger, ...options }: EdgeOptions): Promise<Stoppable> {
  const directory = options.stateDirectory;
  await prepareDirectories(options);
  const leftovers = await killLeftoverNginx(path.join(directory, 'nginx.pid'));
  if (leftovers > 0) logger.warn({ leftovers }, 'killed the nginx of a predecessor');
  const names = [...(options.domainName === undefined ? [] : [options.domainName]), 'localhost', '127.0.0.1', '::1'];
  await ensureCertificate(directory, names);
  const accessLog = await createAccessLog(logger);
  const file = await installConf(await completeSettings(options, accessLog.port, logger), logger);

  const nginx = createSupervisor({
    name: 'nginx',
    logger,
    start: () => startNginx(file, { directory, logger }),
    quit: { signal: 'SIGQUIT', seconds: QUIT_SECONDS },
  });
  const stopping = new AbortController();
  const watching = watchCertificate(stopping.signal, async () => {
    if (await ensureCertificate(directory, names)) nginx.signal('SIGHUP');
  });

  return {
    stop: async () => {
      stopping.abort();
      await Promise.all([nginx.stop(), watching]);
      accessLog.stop();
    },
  };
}

async function prepareDirectories({ stateDirectory, mediaDirectory }: Omit<EdgeOptions, 'logger'>): Promise<void> {
  await mkdir(path.join(stateDirectory, 'temp'), { recursive: true });
  await chmod(stateDirectory, 0o755); // workers of another user reach their temporary files; secrets in it are 0600
  await mkdir(mediaDirectory, { recursive: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EROFS') throw error; // mounted read-only: yt-app makes it
  });
}

async function completeSettings(
  options: Omit<EdgeOptions, 'logger'>,
  accessLogPort: number,
  logger: Logger,
): Promise<EdgeSettings> {
  const { stateDirectory, mediaDirectory, siteDirectory } = options;
  const workerUser = await chooseWorkerUser(process.getuid?.(), [stateDirectory, mediaDirectory, siteDirectory]);
  if (workerUser === 'root') logger.warn('nginx works as root, because only root can enter its directories');
  return {
    ...options,
    accessLogPort,
    nameServers: await readNameServers(),
    hasHttp2Directive: await hasHttp2Directive(stateDirectory),
    ...(workerUser ? { workerUser } : {}),
  };
}

/** Puts the configuration in its place once nginx has accepted it. A bad one leaves the last good one where it is. */
export async function installConf(settings: EdgeSettings, logger: Logger): Promise<string> {
  const file = path.join(settings.stateDirectory, 'nginx.conf');
  const candidate = `${file}.new`;
  await writeFileAtomic(candidate, renderEdgeConf(settings), { mode: 0o600 }); // it holds the token
  const fault = await findConfFault(candidate, settings.stateDirectory);
  if (fault === undefined) {
    await rename(candidate, file);
    return file;
  }
  await rm(candidate);
  const hasEarlier = await readFile(file).then(
    () => true,
    () => false,
  );
  if (!hasEarlier) throw new Error(`nginx does not accept its configuration: ${fault}`);
  logger.error({ fault }, 'nginx does not accept its new configuration, going on with the last good one');
  return file;
}

async function watchCertificate(signal: AbortSignal, check: () => Promise<void>): Promise<void> {
  for (;;) {
    await delay(CERTIFICATE_CHECK_HOURS * 3_600_000, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    await check();
  }
}
