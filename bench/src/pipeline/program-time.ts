import { readdir, readFile } from 'node:fs/promises';
import { OWNER_VARIABLE, pause } from '@linkcast/kit';
import { readProcessorTime } from './processor-time.ts';

const SAMPLE_MS = 100;

/**
 * Adds up the processor time of all programs of an owner, or of one whose name begins so, until `done`. Sampled: a
 * sandbox with processes of its own hides them from the accounts of their parents. What a program spends between its last
 * sample and its end is missing.
 *
 * @returns seconds.
 */
export async function watchProgramTime(owner: string, done: AbortSignal): Promise<number> {
  const spent = new Map<string, number>();
  while (!done.aborted) {
    for (const pid of await programPids(owner)) {
      const time = await readProcessorTime(pid).catch(() => undefined); // it has ended
      if (time) spent.set(String(pid), Math.max(spent.get(String(pid)) ?? 0, time.own));
    }
    await pause(SAMPLE_MS, done);
  }
  return [...spent.values()].reduce((sum, seconds) => sum + seconds, 0);
}

async function programPids(owner: string): Promise<number[]> {
  const mark = `${OWNER_VARIABLE}=${owner}`;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')), // it has ended
  );
  return pids.filter((_, index) => environments[index]?.includes(mark)).map(Number);
}
