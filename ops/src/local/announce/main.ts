import { siteUrl, type SecretName } from '@linkcast/contracts';
import { loadConfigOrExit } from '@linkcast/kit';
import { textsOf } from '@linkcast/texts';
import path from 'node:path';
import { OpsConfig } from '../../config.ts';
import { readEnvironment } from '../../environment.ts';
import { reachableAddress } from '../../parts.ts';
import { readSecret } from '../../secret-files.ts';
import { askForBot } from '../../telegram-bot.ts';
import { bannerLines } from '../banner.ts';
import { waitUntilReady } from '../readiness.ts';
import { signInLink } from '../sign-in-link.ts';

/** Waits until the stack answers, prints where it is and how the owner comes in, and ends. */
const READY_SECONDS = 60;

const root = path.resolve(import.meta.dirname, '../../../..');
const config = loadConfigOrExit(OpsConfig, await readEnvironment(path.join(root, '.env'), process.env));
const secret = (name: SecretName): Promise<string | undefined> => readSecret(path.resolve(root, config.DATA_DIR), name);
const ytApp = { ytAppUrl: `http://127.0.0.1:${config.YT_APP_PORT}`, apiToken: await secret('API_TOKEN') };

const ready = await waitUntilReady({
  ...ytApp,
  edgeUrl: `http://${reachableAddress(config)}:${config.HTTP_PORT}/`,
  timeoutSeconds: READY_SECONDS,
});
const site = siteUrl(config);
const signIn = await signInLink({ ...ytApp, siteUrl: site });
const token = await secret('TELEGRAM_TOKEN');
const bot = token === undefined ? undefined : await askForBot(config.TELEGRAM_API_ROOT, token);
const ownerCode = config.OWNERS === undefined ? await secret('OWNER_CODE') : undefined;
const lines = bannerLines({ siteUrl: site, ready, signIn, bot, ownerCode }, textsOf(config.LANGUAGE).ops.local);
process.stdout.write(`${lines.join('\n')}\n`);
