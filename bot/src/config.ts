import { bearerKey, logLevel } from '@linkcast/kit';
import { installationLanguage } from '@linkcast/texts';
import { z } from 'zod';

const httpUrl = (what: string) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:\/\//.test(text), `must be ${what}, such as http://host:8080`)
    .transform((text) => text.replace(/\/+$/, ''));

/** The bot's settings; each is an environment variable, and `NAME_FILE` may name a file that holds it. */
export const BotConfig = z.object({
  TELEGRAM_TOKEN: z
    .string('is needed: the token of the bot, from @BotFather')
    .regex(/^\d+:[\w-]{10,}$/, 'must be a bot token from @BotFather, such as 123456:ABC…')
    .describe("The bot's token from @BotFather. Without it the bot is not started."),
  TELEGRAM_API_ROOT: httpUrl('the root of a Bot API server')
    .default('https://api.telegram.org')
    .describe('Root of the Bot API: a local Bot API server, or a test server.'),
  YT_APP_URL: httpUrl("the root of yt-app's API").default('http://127.0.0.1:5000').describe("Root of yt-app's API."),
  SERVICE_KEY: bearerKey().optional().describe("The bot's own key for yt-app's API."),
  DATA_DIR: z.string().default('./data').describe('Directory of bot.sqlite.'),
  SITE_URL: httpUrl('the public address of the site')
    .default('http://localhost:8080')
    .describe('Public root of the site: what the links in messages begin with.'),
  LANGUAGE: z
    .string()
    .default('en')
    .transform(installationLanguage)
    .describe('Language of the installation: `en`, `es` or `ru`. People choose their own.'),
  LOG_LEVEL: logLevel().describe('The least severe lines logged.'),
});
export type BotConfig = z.infer<typeof BotConfig>;
