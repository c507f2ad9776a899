import { isConfigured, localPortSettings } from '@linkcast/contracts';
import { textsOf } from '@linkcast/texts';
import {
  ConfigError,
  detectSandbox,
  EXIT_CONFIG,
  EXIT_IN_USE,
  FolderInUse,
  loadConfigOrExit,
  lockFolder,
} from '@linkcast/kit';
import path from 'node:path';
import { OpsConfig } from '../../config.ts';
import { readEnvironment } from '../../environment.ts';
import { planParts } from '../../parts.ts';
import { checkPort } from '../../port-check.ts';
import { readSecret } from '../../secret-files.ts';
import { settingFaults } from '../../setting-faults.ts';
import { LOCAL_LOCK, writePlan } from '../plan.ts';
import { endLeftovers } from './leftovers.ts';

/** Prints what is to be started, as JSON; or, to standard error, every fault of the settings (78), who runs already (75), or what ports are taken (1). */
const root = path.resolve(import.meta.dirname, '../../../..');
const environment = await readEnvironment(path.join(root, '.env'), process.env);
const config = loadConfigOrExit(OpsConfig, environment);
const dataDirectory = path.resolve(root, config.DATA_DIR);
const parts = planParts(config, environment, root);

await refuseBadSettings();
refuseSecondStack();
await endLeftovers(dataDirectory);
await refuseTakenPorts();
const isSet = {
  DOMAIN_NAME: config.DOMAIN_NAME !== undefined,
  BACKUP_DIR: config.BACKUP_DIR !== undefined,
  TELEGRAM_TOKEN: (await readSecret(dataDirectory, 'TELEGRAM_TOKEN')) !== undefined,
};
process.stdout.write(
  writePlan({
    parts: parts.filter(({ name }) => isConfigured(name, isSet)),
    dataDirectory,
    language: config.LANGUAGE,
    ytAppUrl: `http://127.0.0.1:${config.YT_APP_PORT}`,
    isConfined: (await detectSandbox()) !== 'none',
  }),
);

/** All faults of all parts at once, also of those that are not started, before any of them starts. */
async function refuseBadSettings(): Promise<void> {
  const faults = await settingFaults(parts, environment, root);
  if (faults.length === 0) return;
  process.stderr.write(`${new ConfigError(faults).message}\n`);
  process.exit(EXIT_CONFIG);
}

/** The supervisor takes the lock again when this process has ended. */
function refuseSecondStack(): void {
  try {
    lockFolder(dataDirectory, LOCAL_LOCK);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_IN_USE);
  }
}

async function refuseTakenPorts(): Promise<void> {
  for (const setting of localPortSettings) {
    const state = await checkPort(config[setting]);
    if (state === 'free') continue;
    const { portTaken, portForbidden } = textsOf(config.LANGUAGE).ops;
    const sentence = state === 'taken' ? portTaken : portForbidden;
    process.stderr.write(`${sentence(config[setting], setting)}\n`);
    process.exitCode = 1;
  }
  if (process.exitCode === 1) process.exit();
}
