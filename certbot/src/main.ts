import {
  createLogger,
  killLeftovers,
  loadConfigOrExit,
  lockFolder,
  runService,
  startServiceServer,
} from '@linkcast/kit';
import path from 'node:path';
import { openAttemptStore } from './attempts/attempt-store.ts';
import { createLineage } from './certificate/lineage.ts';
import { createPublisher } from './certificate/publisher.ts';
import { createDdnsClient } from './challenge/ddns-client.ts';
import { CertbotConfig } from './config.ts';
import { certificateCheck } from './keeper/certificate-check.ts';
import { startKeeper, type Keeper } from './keeper/keeper.ts';
import { createCertbot } from './program/certbot.ts';

const config = loadConfigOrExit(CertbotConfig, process.env);
const logger = createLogger({ service: 'certbot', level: config.LOG_LEVEL, secrets: [config.SERVICE_KEY] });
const stateDirectory = path.resolve(config.DATA_DIR, 'certbot');
const certificateDirectory = path.resolve(config.CERTIFICATE_DIR);

async function openKeeper(domainName: string): Promise<Keeper> {
  lockFolder(stateDirectory, 'certbot');
  const leftovers = await killLeftovers(stateDirectory);
  if (leftovers > 0) logger.warn({ count: leftovers }, 'leftover programs ended');
  const certbot = createCertbot({
    file: config.CERTBOT_FILE,
    stateDirectory,
    webroot: path.join(certificateDirectory, 'webroot'),
    caFile: config.ACME_CA_FILE ?? null,
    ddnsUrl: config.DDNS_URL,
    serviceKey: config.SERVICE_KEY,
  });
  const lineage = createLineage(certbot.configDirectory, domainName, config.ACME_DIRECTORY);
  return startKeeper({
    domainName,
    email: config.SERVER_ADMIN ?? null,
    directoryUrl: config.ACME_DIRECTORY,
    challenge: config.ACME_CHALLENGE,
    certbot,
    lineage,
    publisher: createPublisher(certificateDirectory, domainName),
    store: await openAttemptStore(path.join(stateDirectory, 'attempts', `${lineage.name}.json`)),
    ddns: createDdnsClient(config.DDNS_URL, config.SERVICE_KEY),
    logger,
  });
}

await runService({
  logger,
  start: async () => {
    const keeper = await openKeeper(config.DOMAIN_NAME);
    const server = await startServiceServer({
      host: config.HOST,
      port: config.PORT,
      keyDigests: config.KEY_DIGESTS,
      routes: {
        'GET /status': { services: ['yt-app'], answer: async () => ({ status: 200, body: await keeper.status() }) },
      },
      checks: async () => [certificateCheck(await keeper.status())],
      logger,
    });
    return {
      stop: async () => {
        await server.stop();
        await keeper.stop();
      },
    };
  },
});
