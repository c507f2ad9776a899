import { loadConfigOrExit } from '@linkcast/kit';
import { BotConfig } from '../config.ts';
import { heartbeatFile, isAlive } from '../heartbeat.ts';

// For a container's health check: exit 0 while the bot is connected to Telegram, or idles without a token; else 1.
const { DATA_DIR } = loadConfigOrExit(BotConfig.pick({ DATA_DIR: true }), process.env);
process.exitCode = (await isAlive(heartbeatFile(DATA_DIR))) ? 0 : 1;
