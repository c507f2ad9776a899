import { createLogger, loadConfigOrExit, runService } from '@linkcast/kit';
import manifest from '../package.json' with { type: 'json' };
import { YtAppConfig } from './config.ts';
import { startRestartable } from './restartable.ts';
import { startYtApp } from './yt-app.ts';

const config = loadConfigOrExit(YtAppConfig, process.env);
// Neither a child process nor a reader of /proc finds a key in the environment.
for (const name of ['API_TOKEN', 'SERVICE_KEY', 'EGRESS_KEY', 'COOKIE_KEY', 'DATABASE_URL', 'OWNER_CODE'])
  Reflect.deleteProperty(process.env, name);
process.umask(0o027); // media are read by nginx's workers through their group, and by no other user
const logger = createLogger({
  service: 'yt-app',
  level: config.LOG_LEVEL,
  secrets: [config.SERVICE_KEY, config.EGRESS_KEY, config.COOKIE_KEY, config.DATABASE_URL, config.OWNER_CODE],
});

await runService({
  logger,
  start: () => startRestartable((restart) => startYtApp({ config, logger, version: manifest.version, restart })),
});
