import { createLogger, loadConfigOrExit, runService } from '@linkcast/kit';
import { EgressConfig } from './config.ts';
import { startEgressProxy } from './proxy/egress-proxy.ts';

const config = loadConfigOrExit(EgressConfig, process.env);
// The environment of a process can be read from outside: the key stays in memory only.
Reflect.deleteProperty(process.env, 'EGRESS_KEY');
const logger = createLogger({ service: 'egress', level: config.LOG_LEVEL, secrets: [config.EGRESS_KEY] });

await runService({
  logger,
  start: () =>
    startEgressProxy({
      host: config.HOST,
      port: config.PORT,
      key: config.EGRESS_KEY,
      allowPrivate: config.ALLOW_PRIVATE_SOURCES,
      domainName: config.DOMAIN_NAME,
      ownAddresses: config.OWN_ADDRESSES,
      logger,
    }),
});
