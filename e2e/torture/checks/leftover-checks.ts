import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { until } from '@linkcast/testing';
import type { Ledger } from '../ledger.ts';
import type { World } from '../world/world.ts';

const run = promisify(execFile);
const STOP_SECONDS = 30;
/** A part has some tens of files and connections open. */
const MOST_DESCRIPTORS = 200;
/** Downloads stop at STORAGE_LIMIT, 90 %. The rest is for what was reserved before, for logs and for databases. */
export const MOST_DISK_SHARE = 0.95;
const PROGRAMS = ['yt-dlp', 'ffmpeg', 'ffprobe'];
/** Names of files that are written and then renamed. */
const UNFINISHED = /\.(?:tmp|new|part)$/;

type IdleWorld = Pick<World, 'mediaDirectory' | 'processes'> & {
  readonly disk: Pick<World['disk'], 'usedBytes' | 'bytes'>;
};
type StoppedWorld = Pick<World, 'processes' | 'dataDirectory'>;

/** While the stack runs and nothing is to do: no folder of a job, no program, no growing number of descriptors, room on the disk. */
export async function checkIdle(world: IdleWorld, ledger: Ledger): Promise<void> {
  const work = await readdir(path.join(world.mediaDirectory, '.work')).catch(() => []);
  if (work.length > 0) ledger.violate('no folder is left', work.join(', '));
  for (const { pid, name } of await world.processes()) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    if (descriptors.length > MOST_DESCRIPTORS)
      ledger.violate('no descriptor is left', `${name}: ${descriptors.length} are open`);
    if (PROGRAMS.includes(name)) ledger.violate('no program is left', `${name}, ${pid}`);
  }
  const used = await world.disk.usedBytes();
  if (used > world.disk.bytes * MOST_DISK_SHARE) ledger.violate('the disk stays below its limit', `${used} bytes`);
}

/** After the stack was stopped: no process of it, no lock that is held, no file that was not finished. */
export async function checkStopped(world: StoppedWorld, ledger: Ledger): Promise<void> {
  const left = async (): Promise<string[]> => (await world.processes()).map(({ name, pid }) => `${name}, ${pid}`);
  await until(async () => (await left()).length === 0, STOP_SECONDS).catch(async () => {
    ledger.violate('no process is left', (await left()).join('; '));
  });
  for (const file of await readdir(world.dataDirectory, { recursive: true })) {
    if (file.endsWith('.lock') && (await isHeld(path.join(world.dataDirectory, file))))
      ledger.violate('no lock is left', file);
    if (UNFINISHED.test(file)) ledger.violate('no unfinished file is left', file);
  }
}

function isHeld(file: string): Promise<boolean> {
  return run('flock', ['--nonblock', file, 'true']).then(
    () => false,
    () => true,
  );
}
