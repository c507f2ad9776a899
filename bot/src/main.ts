import { createLogger, loadConfigOrExit, runService, type Logger, type Stoppable } from '@linkcast/kit';
import { randomBytes } from 'node:crypto';
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
  secrets: [config.TELEGRAM_TOKEN, config.SERVICE_KEY, config.OWNER_CODE],
});

await runService({ logger, start: () => Promise.resolve(start(logger)) });

function start(logger: Logger): Stoppable {
  const heartbeat = createHeartbeat(heartbeatFile(config.DATA_DIR), logger);
  const ownerCode = config.OWNER_CODE ?? randomBytes(9).toString('base64url');
  const bot = startBot({
    telegram: { token: config.TELEGRAM_TOKEN, apiRoot: config.TELEGRAM_API_ROOT },
    ytApp: { url: config.YT_APP_URL, token: config.SERVICE_KEY },
    siteUrl: config.SITE_URL,
    databaseFile: path.join(config.DATA_DIR, 'bot.sqlite'),
    allowedUsers: config.ALLOWED_USERS ?? [],
    owners: config.OWNERS ?? [],
    ownerCode,
    language: config.LANGUAGE,
    onAlive: heartbeat.beat,
    logger,
  });
  announceClaim(logger, bot.hasOwner(), ownerCode);
  return bot;
}

/** Logs the way to become the owner. The code is logged only when it was generated: a chosen one is the owner's secret. */
function announceClaim(logger: Logger, hasOwner: boolean, ownerCode: string): void {
  if (hasOwner) return;
  if (config.OWNER_CODE !== undefined)
    logger.warn('no owner yet: send the bot /start and your OWNER_CODE to become it');
  else logger.warn({ send: `/start ${ownerCode}` }, 'no owner yet: send this to the bot to become its owner');
}
