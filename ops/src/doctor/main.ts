import { localPortSettings } from '@linkcast/contracts';
import { detectSandbox, loadConfigOrExit } from '@linkcast/kit';
import { textsOf } from '@linkcast/texts';
import path from 'node:path';
import { OpsConfig } from '../config.ts';
import { readEnvironment } from '../environment.ts';
import { planParts, reachableAddress } from '../parts.ts';
import { readSecret } from '../secret-files.ts';
import { checkClock, checkDisk, checkPorts } from './machine.ts';
import { checkCertificate, checkDns } from './name.ts';
import { checkPrograms } from './programs.ts';
import { checkSandbox } from './sandbox.ts';
import { askHealth, checkStack, checkTelegram } from './services.ts';
import { checkSettings } from './settings.ts';
import { checkBackup, checkDiskSpeed, checkInodes } from './storage.ts';
import { findingsTable } from './table.ts';

const DISK_LIMIT = 0.95;

const root = path.resolve(import.meta.dirname, '../../..');
const environment = await readEnvironment(path.join(root, '.env'), process.env);
const config = loadConfigOrExit(OpsConfig, environment);
const say = textsOf(config.LANGUAGE).ops.doctor;
const data = path.resolve(root, config.DATA_DIR);
const media = path.resolve(root, config.MEDIA_DIR ?? path.join(data, 'media'));

const health = await askHealth({
  address: reachableAddress(config),
  httpPort: config.HTTP_PORT,
  apiToken: await readSecret(data, 'API_TOKEN'),
  language: config.LANGUAGE,
});
const isStackUp = health !== undefined;
const token = environment['TELEGRAM_TOKEN'] ?? (await readSecret(data, 'TELEGRAM_TOKEN'));
const findings = [
  ...(await checkPrograms(root, isStackUp, say)),
  checkSandbox(await detectSandbox(), isStackUp, say),
  ...(await checkSettings(planParts(config, environment, root), environment, root, say)),
  await checkPorts(
    localPortSettings.map((setting) => ({ setting, port: config[setting] })),
    isStackUp,
    say,
  ),
  await checkDns(config.TELEGRAM_API_ROOT, config.DOMAIN_NAME, say),
  ...(isStackUp ? [] : [await checkCertificate(path.join(data, 'certificate/pair.pem'), config.DOMAIN_NAME, say)]),
  await checkDisk(media, DISK_LIMIT, say),
  await checkInodes(media, say),
  await checkDiskSpeed(media, say),
  await checkBackup(
    {
      data,
      directory: config.BACKUP_DIR === undefined ? undefined : path.resolve(root, config.BACKUP_DIR),
      everySeconds: config.BACKUP_EVERY,
    },
    say,
  ),
  await checkClock(config.TELEGRAM_API_ROOT, say),
  await checkTelegram(config.TELEGRAM_API_ROOT, token, say),
  ...checkStack(health, say),
];
process.stdout.write(findingsTable(findings, say, process.stdout.isTTY));
process.exitCode = findings.some(({ state }) => state === 'bad') ? 1 : 0;
