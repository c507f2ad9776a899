import { createLogger, loadConfigOrExit, lockFolder, runService, startServiceServer } from '@linkcast/kit';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { IcecastConfig } from './config.ts';
import { createControlRoutes } from './control-routes.ts';
import { createBroadcaster } from './broadcaster.ts';

const config = loadConfigOrExit(IcecastConfig, process.env);
const stateDirectory = path.resolve(config.DATA_DIR, 'icecast');
const newPassword = (): string => randomBytes(24).toString('base64url');
const sourcePassword = config.ICECAST_SOURCE_PASSWORD ?? newPassword();
const adminPassword = config.ICECAST_ADMIN_PASSWORD ?? newPassword();
const logger = createLogger({
  service: 'icecast',
  level: config.LOG_LEVEL,
  secrets: [config.SERVICE_KEY, sourcePassword, adminPassword],
});

await runService({
  logger,
  start: async () => {
    lockFolder(stateDirectory, 'icecast');
    const broadcaster = await createBroadcaster({
      icecastHost: config.ICECAST_HOST,
      icecastPort: config.ICECAST_PORT,
      sourcePassword,
      adminPassword,
      ytAppUrl: config.YT_APP_URL,
      serviceKey: config.SERVICE_KEY,
      mediaDirectory: path.resolve(config.MEDIA_DIR),
      stateDirectory,
      logger,
    });
    const server = await startServiceServer({
      host: config.HOST,
      port: config.PORT,
      keyDigests: config.KEY_DIGESTS,
      routes: createControlRoutes({ skip: () => broadcaster.skip(), status: () => broadcaster.status() }),
      logger,
    });
    return {
      stop: async () => {
        await server.stop();
        await broadcaster.stop();
      },
    };
  },
});
