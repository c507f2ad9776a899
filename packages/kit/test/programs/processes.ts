import { readFileSync } from 'node:fs';

/** Does the process run? One that has ended and waits to be collected does not. */
export function isRunning(pid: number): boolean {
  const state = statFields(pid)?.[0];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

export function processGroup(pid: number): number {
  return Number(statFields(pid)?.[2]);
}

/** The fields of /proc/PID/stat behind the name: state, parent, process group, … (proc(5)). */
function statFields(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return undefined; // gone
  }
}
