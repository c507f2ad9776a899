import { texts } from '@linkcast/contracts';
import {
  ConfigError,
  createLogger,
  createRedactor,
  detectSandbox,
  EXIT_CONFIG,
  loadConfigOrExit,
  runService,
} from '@linkcast/kit';
import path from 'node:path';
import { OpsConfig, PORT_SETTINGS } from '../config.ts';
import { readEnvironment } from '../environment.ts';
import { planParts, reachableAddress, REFUSES_SETTINGS, siteUrl, type PartName } from '../parts.ts';
import { checkPort } from '../port-check.ts';
import { settingFaults } from '../setting-faults.ts';
import { readSecret, readServiceKeys, secretNames, type SecretName } from '../secret-files.ts';
import { askForBot } from '../telegram-bot.ts';
import { bannerLines } from './banner.ts';
import { readableLine } from './log-line.ts';
import { untilAnswers, waitUntilReady } from './readiness.ts';
import { signInLink } from './sign-in-link.ts';
import { startStack } from './stack.ts';

const READY_SECONDS = 60;
/** yt-app listens within a second or two; when it does not, the others show what they can do without it. */
const FIRST_SECONDS = 10;
const NAME_WIDTH = 8;
/** All but the owner's code, which is for the owner to read. */
const NEVER_SHOWN = secretNames.filter((name) => name !== 'OWNER_CODE');

const root = path.resolve(import.meta.dirname, '../../..');
const environment = await readEnvironment(path.join(root, '.env'), process.env);
const config = loadConfigOrExit(OpsConfig, environment);
const dataDirectory = path.resolve(root, config.DATA_DIR);
const ytAppUrl = `http://127.0.0.1:${config.YT_APP_PORT}`;
const secret = (name: SecretName): Promise<string | undefined> => readSecret(dataDirectory, name);
const redact = createRedactor([
  ...(await Promise.all(NEVER_SHOWN.map(secret))),
  ...(await readServiceKeys(dataDirectory)),
]);

const say = (line: string): void => void process.stdout.write(`${'linkcast'.padEnd(NAME_WIDTH)} | ${line}\n`);
const print = (part: PartName, line: string): void =>
  void process.stdout.write(`${readableLine(part, redact(line), NAME_WIDTH)}\n`);
const logger = createLogger({
  service: 'linkcast',
  destination: { write: (line) => process.stdout.write(`${readableLine('linkcast', line.trimEnd(), NAME_WIDTH)}\n`) },
});

const parts = planParts(config, environment, root);
refuseBadSettings();
await refuseTakenPorts();
if ((await detectSandbox()) === 'none') say(texts.ops.local.noSandbox);
// A closed terminal is a wish to stop; so is the end of the make that started us (setpriv in local.sh).
process.on('SIGHUP', () => process.kill(process.pid, 'SIGTERM'));
await runService({
  logger,
  stopSeconds: 60, // each part has 15 s
  start: (signal) => {
    say(texts.ops.local.starting);
    const stack = startStack({
      parts,
      root,
      print,
      onRefusedSettings: (part) => void stopForSettings(part),
      untilFirstAnswers: (stopping) => untilAnswers(`${ytAppUrl}/healthz`, FIRST_SECONDS, stopping),
    });
    const stopForSettings = async (part: PartName): Promise<void> => {
      say(texts.ops.local.badSettings(part));
      await stack.stop();
      process.exit(REFUSES_SETTINGS);
    };
    void announce(signal);
    return Promise.resolve(stack);
  },
});

/** All faults of all parts at once, before any of them starts. */
function refuseBadSettings(): void {
  const faults = settingFaults(parts, environment);
  if (faults.length === 0) return;
  process.stderr.write(`${new ConfigError(faults).message}\n`);
  process.exit(EXIT_CONFIG);
}

async function refuseTakenPorts(): Promise<void> {
  for (const setting of PORT_SETTINGS) {
    const state = await checkPort(config[setting]);
    if (state === 'free') continue;
    const sentence = state === 'taken' ? texts.ops.portTaken : texts.ops.portForbidden;
    process.stderr.write(`${sentence(config[setting], setting)}\n`);
    process.exitCode = 1;
  }
  if (process.exitCode === 1) process.exit();
}

async function announce(signal: AbortSignal): Promise<void> {
  const ytApp = { ytAppUrl, apiToken: await secret('API_TOKEN') };
  const ready = await waitUntilReady({
    ...ytApp,
    edgeUrl: `http://${reachableAddress(config)}:${config.HTTP_PORT}/`,
    signal,
    timeoutSeconds: READY_SECONDS,
  });
  if (signal.aborted) return;
  const site = siteUrl(config);
  const signIn = await signInLink({ ...ytApp, siteUrl: site });
  const token = await secret('TELEGRAM_TOKEN');
  const bot = token === undefined ? undefined : await askForBot(config.TELEGRAM_API_ROOT, token);
  const ownerCode = config.OWNERS === undefined ? await secret('OWNER_CODE') : undefined;
  for (const line of bannerLines({ siteUrl: site, ready, signIn, bot, ownerCode })) say(line);
}
