import { createLogger, loadConfigOrExit, lockFolder, runService } from '@linkcast/kit';
import path from 'node:path';
import { NginxConfig } from './config.ts';
import { createEdge } from './edge.ts';

const config = loadConfigOrExit(NginxConfig, process.env);
const stateDirectory = path.resolve(config.DATA_DIR, 'nginx');
const logger = createLogger({ service: 'nginx', level: config.LOG_LEVEL, secrets: [config.SERVICE_KEY] });

await runService({
  logger,
  start: () => {
    lockFolder(stateDirectory, 'nginx');
    return createEdge({
      logger,
      httpPort: config.HTTP_PORT,
      httpsPort: config.HTTPS_PORT,
      listenAddresses: config.LISTEN_ADDRESS,
      siteDirectory: path.resolve(config.SITE_DIR),
      mediaDirectory: path.resolve(config.MEDIA_DIR),
      stateDirectory,
      ytAppUrl: config.YT_APP_URL,
      icecastUrl: config.ICECAST_URL,
      serviceKey: config.SERVICE_KEY,
      installationMark: config.INSTALLATION_MARK,
      access: config.ACCESS,
      homeNames: config.HOME_NAMES ?? [],
      certificateDirectory: path.resolve(config.CERTIFICATE_DIR),
      ...(config.DOMAIN_NAME === undefined ? {} : publicName(config.DOMAIN_NAME, config.SITE_URL)),
    });
  },
});

function publicName(domainName: string, publicOrigin: string | undefined) {
  return publicOrigin === undefined ? { domainName } : { domainName, publicOrigin };
}
