import { readdir, readFile } from 'node:fs/promises';

/**
 * Kills the nginx workers that a killed edge left behind: the master ended with its parent, but workers keep the ports.
 * They are the processes called nginx in the process group of the pid file.
 *
 * @returns the number of processes found.
 */
export async function killLeftoverNginx(pidFile: string): Promise<number> {
  const group = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (!Number.isInteger(group) || group <= 1) return 0;
  const members = await findMembers(group);
  if (members.length > 0) process.kill(-group, 'SIGKILL');
  return members.length;
}

async function findMembers(group: number): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 1);
  const states = await Promise.all(pids.map(async (pid) => ({ pid, ...(await readState(pid)) })));
  return states.filter((state) => state.name === 'nginx' && state.group === group).map((state) => state.pid);
}

/** proc(5): `pid (name) state ppid pgrp …`. */
async function readState(pid: number): Promise<{ name?: string; group?: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const match = /^\d+ \((.*)\) \S \d+ (\d+) /.exec(stat);
  return match?.[1] === undefined ? {} : { name: match[1], group: Number(match[2]) };
}
