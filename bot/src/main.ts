import { createLogger, loadConfigOrExit, lockFolder, runService, type Logger, type Stoppable } from '@linkcast/kit';
import path from 'node:path';
import { startBot } from './bot.ts';
import { BotConfig } from './config.ts';
import { createHeartbeat, heartbeatFile } from './heartbeat.ts';

const config = loadConfigOrExit(BotConfig, process.env);
// The environment of this process, and of programs that it starts, then holds no secrets.
delete process.env['TELEGRAM_TOKEN'];
delete process.env['SERVICE_KEY'];

const logger = createLogger({
  service: 'bot',
  level: config.LOG_LEVEL,
  secrets: [config.TELEGRAM_TOKEN, config.SERVICE_KEY],
});

await runService({ logger, start: () => Promise.resolve(start(logger)) });

function start(logger: Logger): Stoppable {
  lockFolder(config.DATA_DIR, 'bot');
  const heartbeat = createHeartbeat(heartbeatFile(config.DATA_DIR), logger);
  return startBot({
    telegram: { token: config.TELEGRAM_TOKEN, apiRoot: config.TELEGRAM_API_ROOT },
    ytApp: { url: config.YT_APP_URL, token: config.SERVICE_KEY },
    siteUrl: config.SITE_URL,
    databaseFile: path.join(config.DATA_DIR, 'bot.sqlite'),
    language: config.LANGUAGE,
    onAlive: heartbeat.beat,
    logger,
  });
}
