import { isDiskFull, readIfThere, writeFileAtomic, type Logger } from '@linkcast/kit';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { findConfFault } from '../process/nginx-program.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { renderEdgeConf } from './edge-conf.ts';

type Directories = Pick<EdgeSettings, 'runtimeDirectory' | 'stateDirectory'>;

const OWNER_ONLY = { mode: 0o600 }; // the configuration holds our key

/** Path of the configuration in use: in memory, so that nginx starts on a full disk. */
function activeFileOf({ runtimeDirectory }: Directories): string {
  return path.join(runtimeDirectory, 'nginx.conf');
}

/** Path of the last accepted configuration, for a start with one that nginx refuses. */
function acceptedFileOf({ stateDirectory }: Directories): string {
  return path.join(stateDirectory, 'nginx.conf');
}

/** Checks settings by `nginx -t`. Returns its message, or undefined when it accepts them. Changes nothing in use. */
export async function findSettingsFault(settings: EdgeSettings): Promise<string | undefined> {
  const candidate = await writeCandidate(settings);
  const fault = await findConfFault(candidate, settings.stateDirectory);
  await rm(candidate);
  return fault;
}

/**
 * Installs the configuration once nginx has accepted it. If nginx refuses it, the last accepted one stays.
 *
 * @returns the path of the configuration to use.
 * @throws when nginx refuses it and there is no earlier one.
 */
export async function installConf(settings: EdgeSettings, logger: Logger): Promise<string> {
  const active = activeFileOf(settings);
  const candidate = await writeCandidate(settings);
  const fault = await findConfFault(candidate, settings.stateDirectory);
  if (fault === undefined) {
    await rename(candidate, active);
    await storeAccepted(settings, logger);
    return active;
  }
  await rm(candidate);
  for (const earlier of [active, acceptedFileOf(settings)]) {
    if ((await readIfThere(earlier)) === undefined) continue;
    logger.error({ fault }, 'configuration refused by nginx, using the last accepted one');
    return earlier;
  }
  throw new Error(`nginx does not accept its configuration: ${fault}`);
}

async function storeAccepted(settings: EdgeSettings, logger: Logger): Promise<void> {
  try {
    await writeFileAtomic(acceptedFileOf(settings), renderEdgeConf(settings), OWNER_ONLY);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    logger.error('disk full: configuration kept in memory only');
  }
}

async function writeCandidate(settings: EdgeSettings): Promise<string> {
  const candidate = `${activeFileOf(settings)}.new`;
  await writeFileAtomic(candidate, renderEdgeConf(settings), OWNER_ONLY);
  return candidate;
}
