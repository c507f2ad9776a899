import { readdir, readFile } from 'node:fs/promises';

/** A process of the installation. */
export interface InstallationProcess {
  readonly pid: number;
  /** `yt-app`, `worker`, `bot` … for our own programs, else the name of the file: `nginx`, `ffmpeg`. */
  readonly name: string;
}

/** Finds the processes below a data directory: those that carry it in their environment, and the children of those. */
export async function findProcesses(dataDirectory: string): Promise<InstallationProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const known = await Promise.all(pids.map(async (pid) => ((await belongsTo(pid, dataDirectory)) ? [pid] : [])));
  return Promise.all(
    known
      .flat()
      .filter((pid) => pid !== process.pid)
      .map(async (pid) => ({ pid, name: nameOf(await read(pid, 'cmdline')) })),
  );
}

/** Sends a signal to a process; false when it has ended. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false; // it has ended meanwhile
  }
}

async function belongsTo(pid: number, dataDirectory: string): Promise<boolean> {
  return (await read(pid, 'environ')).includes(dataDirectory) || (await read(pid, 'cmdline')).includes(dataDirectory);
}

function nameOf(commandLine: string): string {
  const words = commandLine.split('\0');
  const [, part] = /dist\/([\w-]+(?:\/[\w-]+)?)\/main\.js/.exec(commandLine) ?? [];
  if (part !== undefined) return part;
  if (words.some((word, index) => word === 'yt_dlp' && words[index - 1] === '-m')) return 'yt-dlp';
  const [title = ''] = words[0]?.split(':') ?? []; // nginx: worker process
  return title.split('/').at(-1) ?? '';
}

/** Empty when the process has ended, or is none of ours. */
function read(pid: number, file: string): Promise<string> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}
