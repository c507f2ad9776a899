import { readdir, readFile } from 'node:fs/promises';
import { OWNER_VARIABLE } from '@linkcast/kit';

/** Command lines of the programs that run for an owner, or for one whose name begins so; programs carry it in their environment. */
export async function programsOf(owner: string): Promise<string[]> {
  const read = (pid: string, file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => ''); // ended meanwhile
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const owned = await Promise.all(
    pids.map(async (pid) =>
      (await read(pid, 'environ')).includes(`${OWNER_VARIABLE}=${owner}`) ? read(pid, 'cmdline') : '',
    ),
  );
  return owned.filter((line) => line !== '');
}
