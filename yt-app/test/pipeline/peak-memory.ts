import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { OWNER_VARIABLE } from '@linkcast/kit';

const EVERY_MS = 50;

/**
 * Watches the programs of an owner, and their children. `stop` gives the peak of the resident memory of the largest one,
 * in bytes. The kernel keeps the peak (VmHWM), so only the last moments before the end of a program are missed.
 */
export function watchPeakMemory(owner: string): { stop(): Promise<number> } {
  const stopping = new AbortController();
  const watching = (async () => {
    let peakBytes = 0;
    while (!stopping.signal.aborted) {
      peakBytes = Math.max(peakBytes, await largestPeak(owner));
      await delay(EVERY_MS);
    }
    return peakBytes;
  })();
  return {
    stop() {
      stopping.abort();
      return watching;
    },
  };
}

async function largestPeak(owner: string): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return Math.max(0, ...(await Promise.all(pids.map((pid) => peakOf(pid, owner)))));
}

/** 0 for a process of somebody else, and for one that has ended. */
async function peakOf(pid: string, owner: string): Promise<number> {
  const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => ''); // ended meanwhile
  if (!(await read('environ')).includes(`${OWNER_VARIABLE}=${owner}`)) return 0;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(await read('status'))?.[1] ?? 0) * 1024;
}
