import { readdir, readFile } from 'node:fs/promises';

/** The variable that marks the programs of one installation, so that those of a killed predecessor can be found. */
export const OWNER_VARIABLE = 'LINKCAST_OWNER';

/**
 * Kills the programs that a killed predecessor left behind: every process of ours whose environment carries
 * `LINKCAST_OWNER=<owner>`, except this one. `owner` is something stable and unique, such as the data directory.
 *
 * @returns the number of processes killed.
 */
export async function killLeftovers(owner: string): Promise<number> {
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
    return []; // gone, or not ours to read
  }
}
