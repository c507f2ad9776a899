import { createLogger, loadConfigOrExit, runService } from '@linkcast/kit';
import path from 'node:path';
import { NginxConfig } from './config.ts';
import { createEdge } from './edge.ts';

const config = loadConfigOrExit(NginxConfig, process.env);
const logger = createLogger({ service: 'nginx', level: config.LOG_LEVEL, secrets: [config.API_TOKEN] });

await runService({
  logger,
  start: () =>
    createEdge({
      logger,
      httpPort: config.HTTP_PORT,
      httpsPort: config.HTTPS_PORT,
      listenAddresses: config.LISTEN_ADDRESS,
      siteDirectory: path.resolve(config.SITE_DIR),
      mediaDirectory: path.resolve(config.MEDIA_DIR),
      stateDirectory: path.resolve(config.DATA_DIR, 'nginx'),
      ytAppUrl: config.YT_APP_URL,
      icecastUrl: config.ICECAST_URL,
      apiToken: config.API_TOKEN,
      ...(config.DOMAIN_NAME === undefined ? {} : { domainName: config.DOMAIN_NAME }),
    }),
});
