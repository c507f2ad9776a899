import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** The variable that marks the programs of one installation, so that those of a killed predecessor can be found. */
export const OWNER_VARIABLE = 'LINKCAST_OWNER';

const MOST_ROUNDS = 100;
const ROUND_MS = 20;

/**
 * Kills the programs that a killed predecessor left behind: every process of ours whose environment carries
 * `LINKCAST_OWNER=<owner>`, except this one. `owner` is something stable and unique, such as the data directory.
 * There are two kinds: children of our programs, which `--pdeathsig` does not cover, and a program whose parent was killed
 * between its start and `setpriv` taking effect. A process may start another meanwhile, so the search is repeated until none
 * is found, for two seconds at most. When this resolves, the killed processes have ended.
 *
 * @returns the number of processes killed.
 */
export async function killLeftovers(owner: string): Promise<number> {
  let killed = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const found = await killOnce(owner);
    if (found === 0) break;
    killed = Math.max(killed, found);
    await delay(ROUND_MS);
  }
  return killed;
}

async function killOnce(owner: string): Promise<number> {
  const marker = `${OWNER_VARIABLE}=${owner}`;
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 1 && pid !== process.pid);
  let killed = 0;
  for (const pid of pids) {
    if (!(await readEnvironment(pid)).includes(marker)) continue;
    try {
      process.kill(pid, 'SIGKILL');
      killed += 1;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // ended in between
    }
  }
  return killed;
}

async function readEnvironment(pid: number): Promise<string[]> {
  try {
    return (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
  } catch {
    return []; // it has ended, or is not readable for us
  }
}
