import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** The variable that marks the programs of one installation, so that those of a killed predecessor can be found. */
export const OWNER_VARIABLE = 'LINKCAST_OWNER';

export interface LeftoverOptions {
  /**
   * Name of a program that overwrites its environment with its title, as nginx does: it is found by this name together with
   * its working directory, which is `owner`.
   */
  readonly retitled?: string;
}

const MOST_ROUNDS = 100;
const ROUND_MS = 20;

/**
 * Kills the programs that a killed predecessor left behind: every process of ours whose environment carries
 * `LINKCAST_OWNER=<owner>`, except this one. `owner` is something stable and unique, such as the data directory; the caller
 * holds its lock. There are two kinds: children of our programs, which `--pdeathsig` does not cover, and a program whose parent
 * was killed between its start and `setpriv` taking effect. A process may start another meanwhile, so the search is repeated
 * until none is found, for two seconds at most. When this resolves, the killed processes have ended.
 *
 * @returns the number of processes killed.
 */
export async function killLeftovers(owner: string, options: LeftoverOptions = {}): Promise<number> {
  let killed = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const found = await killOnce(owner, options);
    if (found === 0) break;
    killed = Math.max(killed, found);
    await delay(ROUND_MS);
  }
  return killed;
}

async function killOnce(owner: string, options: LeftoverOptions): Promise<number> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 1 && pid !== process.pid);
  let killed = 0;
  for (const pid of pids) {
    const startedAt = await readStart(pid);
    if (startedAt === undefined || !(await isLeftover(pid, owner, options))) continue;
    if ((await readStart(pid)) !== startedAt) continue; // another process has the number since
    try {
      process.kill(pid, 'SIGKILL');
      killed += 1;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // ended in between
    }
  }
  return killed;
}

async function isLeftover(pid: number, owner: string, { retitled }: LeftoverOptions): Promise<boolean> {
  const environment = (await readProcFile(pid, 'environ')).split('\0');
  if (environment.includes(`${OWNER_VARIABLE}=${owner}`)) return true;
  if (retitled === undefined || (await readProcFile(pid, 'comm')).trim() !== retitled) return false;
  const directory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return directory === owner;
}

/** The start of a process in clock ticks since the boot: field 22 of proc(5)'s stat, after the name in parentheses. */
async function readStart(pid: number): Promise<string | undefined> {
  const [, fields = ''] = /\) (.*)$/s.exec(await readProcFile(pid, 'stat')) ?? [];
  const [state, ...others] = fields.split(' ');
  return state === 'Z' ? undefined : others[18]; // a zombie has ended
}

/** Empty when the process has ended, or is not readable for us. */
function readProcFile(pid: number, name: string): Promise<string> {
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
}
