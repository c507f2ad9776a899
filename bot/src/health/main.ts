import { loadConfigOrExit } from '@linkcast/kit';
import { BotConfig } from '../config.ts';
import { heartbeatFile, isAlive } from '../heartbeat.ts';

// For a container's health check: exit 0 while the bot goes on asking Telegram, or idles without a token; else 1. That
// Telegram does not answer is no reason to take the bot for dead: the log says it.
const { DATA_DIR } = loadConfigOrExit(BotConfig.pick({ DATA_DIR: true }), process.env);
process.exitCode = (await isAlive(heartbeatFile(DATA_DIR))) ? 0 : 1;
