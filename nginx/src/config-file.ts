import { writeFileAtomic, type Logger } from '@linkcast/kit';
import { readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { renderEdgeConf } from './edge-conf.ts';
import type { EdgeSettings } from './edge-settings.ts';
import { findConfFault } from './nginx-program.ts';

/** Where the configuration in use lies. */
function confFileOf(stateDirectory: string): string {
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
  const file = confFileOf(settings.stateDirectory);
  const candidate = await writeCandidate(settings);
  const fault = await findConfFault(candidate, settings.stateDirectory);
  if (fault === undefined) {
    await rename(candidate, file);
    return file;
  }
  await rm(candidate);
  const hasEarlier = await readFile(file).then(
    () => true,
    () => false,
  );
  if (!hasEarlier) throw new Error(`nginx does not accept its configuration: ${fault}`);
  logger.error({ fault }, 'nginx does not accept its new configuration, going on with the last good one');
  return file;
}

async function writeCandidate(settings: EdgeSettings): Promise<string> {
  const candidate = `${confFileOf(settings.stateDirectory)}.new`;
  await writeFileAtomic(candidate, renderEdgeConf(settings), { mode: 0o600 }); // it holds the token
  return candidate;
}
