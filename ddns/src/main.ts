import { createLogger, loadConfigOrExit, lockFolder, runService, startServiceServer } from '@linkcast/kit';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DdnsConfig } from './config.ts';
import { providers } from './providers/providers.ts';
import { createNameRoutes } from './service/name-routes.ts';
import { startNameService } from './service/name-service.ts';

const config = loadConfigOrExit(DdnsConfig, process.env);
const secretNames: readonly string[] = Object.values(providers).flatMap(({ secrets }) => secrets);
const secrets = Object.entries(config).flatMap(([name, value]) =>
  secretNames.includes(name) && typeof value === 'string' ? [value] : [],
);
// The environment of a process can be read from outside: the secrets stay in memory only.
for (const name of secretNames) Reflect.deleteProperty(process.env, name);

const logger = createLogger({ service: 'ddns', level: config.LOG_LEVEL, secrets });

await runService({
  logger,
  start: async () => {
    const directory = path.resolve(config.DATA_DIR);
    await mkdir(directory, { recursive: true });
    lockFolder(directory, 'ddns');
    const stateFile = path.join(directory, 'ddns.json');
    const service = await startNameService({ config, name: config.DOMAIN_NAME, stateFile, logger });
    const server = await startServiceServer({
      host: config.HOST,
      port: config.PORT,
      keyDigests: config.KEY_DIGESTS,
      routes: createNameRoutes(service),
      checks: () => service.checks(),
      logger,
    });
    return {
      stop: async () => {
        await server.stop();
        await service.stop();
      },
    };
  },
});
