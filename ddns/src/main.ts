import { texts } from '@linkcast/contracts';
import { createLogger, loadConfigOrExit, runService } from '@linkcast/kit';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DdnsConfig } from './config.ts';
import { createHttpDoor } from './http-door.ts';
import { createIdleService } from './idle-service.ts';
import { startNameService } from './name-service.ts';
import { providers } from './providers/registry.ts';

const config = loadConfigOrExit(DdnsConfig, process.env);
const secretNames = ['API_TOKEN', ...Object.values(providers).flatMap(({ secrets }) => secrets)];
const secrets = Object.entries(config).flatMap(([name, value]) =>
  secretNames.includes(name) && typeof value === 'string' ? [value] : [],
);
// Whoever can look at this process finds no secrets there.
for (const name of secretNames) Reflect.deleteProperty(process.env, name);

const logger = createLogger({ service: 'ddns', level: config.LOG_LEVEL, secrets });

await runService({
  logger,
  start: async () => {
    const directory = path.resolve(config.DATA_DIR);
    await mkdir(directory, { recursive: true });
    const name = config.DOMAIN_NAME;
    if (name === undefined) logger.info(texts.dnsName.off);
    const service =
      name === undefined
        ? createIdleService()
        : await startNameService({ config, name, stateFile: path.join(directory, 'ddns.json'), logger });
    const server = createHttpDoor({ ...service, apiToken: config.API_TOKEN, logger });
    server.listen(config.PORT, config.HOST);
    await once(server, 'listening');
    logger.info({ address: server.address() }, 'ready to be asked');
    return {
      stop: async () => {
        server.close();
        server.closeAllConnections();
        await service.stop();
      },
    };
  },
});
