import { isDiskFull, readIfThere, writeFileAtomic, type Logger } from '@linkcast/kit';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { renderEdgeConf } from './edge-conf.ts';
import type { EdgeSettings } from '../settings/edge-settings.ts';
import { findConfFault } from '../process/nginx-program.ts';

type Places = Pick<EdgeSettings, 'verdictDirectory' | 'stateDirectory'>;

/** Where the configuration in use lies: in memory, so that nginx starts on a full disk, too. */
function confFileOf({ verdictDirectory }: Places): string {
  return path.join(verdictDirectory, 'nginx.conf');
}

/** Where the last good one is kept, for a start with one that nginx refuses. */
function keptFileOf({ stateDirectory }: Places): string {
  return path.join(stateDirectory, 'nginx.conf');
}

/** What nginx has against these settings; undefined when it accepts them. Nothing in use is touched. */
export async function findSettingsFault(settings: EdgeSettings): Promise<string | undefined> {
  const candidate = await writeCandidate(settings);
  const fault = await findConfFault(candidate, settings.stateDirectory);
  await rm(candidate);
  return fault;
}

/**
 * Puts the configuration in its place once nginx has accepted it. A bad one leaves the last good one where it is.
 *
 * @throws when nginx refuses it and there is no earlier one.
 */
export async function installConf(settings: EdgeSettings, logger: Logger): Promise<string> {
  const file = confFileOf(settings);
  const candidate = await writeCandidate(settings);
  const fault = await findConfFault(candidate, settings.stateDirectory);
  if (fault === undefined) {
    await rename(candidate, file);
    await keepConf(settings, logger);
    return file;
  }
  await rm(candidate);
  for (const earlier of [file, keptFileOf(settings)]) {
    if ((await readIfThere(earlier)) === undefined) continue;
    logger.error({ fault }, 'nginx does not accept its new configuration, going on with the last good one');
    return earlier;
  }
  throw new Error(`nginx does not accept its configuration: ${fault}`);
}

async function keepConf(settings: EdgeSettings, logger: Logger): Promise<void> {
  try {
    await writeFileAtomic(keptFileOf(settings), renderEdgeConf(settings), { mode: 0o600 }); // it holds the key
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    logger.error('the disk is full: the configuration is in memory alone');
  }
}

async function writeCandidate(settings: EdgeSettings): Promise<string> {
  const candidate = `${confFileOf(settings)}.new`;
  await writeFileAtomic(candidate, renderEdgeConf(settings), { mode: 0o600 }); // likewise
  return candidate;
}
