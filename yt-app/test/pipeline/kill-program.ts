import { readdir, readFile } from 'node:fs/promises';
import { OWNER_VARIABLE } from '@linkcast/kit';
import { until } from '@linkcast/testing';

/**
 * Kills the running programs of an owner whose command line contains the words, as the kernel does when memory runs out. Waits until
 * there is one.
 */
export function killPrograms(owner: string, ...words: readonly string[]): Promise<number> {
  return signalPrograms('SIGKILL', owner, ...words);
}

/** Sends a signal to the same programs. */
export function signalPrograms(signal: NodeJS.Signals, owner: string, ...words: readonly string[]): Promise<number> {
  return until(async () => {
    const pids = await findPrograms(owner, words);
    for (const pid of pids) process.kill(pid, signal);
    return pids.length;
  }, 30);
}

async function findPrograms(owner: string, words: readonly string[]): Promise<number[]> {
  const read = (pid: string, file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => ''); // ended meanwhile
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      if (!(await read(pid, 'environ')).includes(`${OWNER_VARIABLE}=${owner}`)) return [];
      const command = await read(pid, 'cmdline');
      return words.every((word) => command.includes(word)) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}
