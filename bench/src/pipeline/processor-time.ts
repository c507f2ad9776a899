import { readFile } from 'node:fs/promises';

/** Seconds of processor time, in the program and in the kernel together. */
export interface ProcessorTime {
  /** Of the process itself, all its threads. */
  readonly own: number;
  /** Of its children that have ended, with theirs. */
  readonly children: number;
}

/** Linux tells the time to programs in hundredths of a second on every machine (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** Reads `/proc/<pid>/stat`; the fields are numbered as in proc(5). */
export async function readProcessorTime(pid: number): Promise<ProcessorTime> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may hold spaces and brackets
  const ticks = (field: number): number => Number(fields[field - 3]);
  return { own: (ticks(14) + ticks(15)) / TICKS_PER_SECOND, children: (ticks(16) + ticks(17)) / TICKS_PER_SECOND };
}

/** The processor time since `before`. */
export async function processorTimeSince(before: ProcessorTime, pid: number): Promise<ProcessorTime> {
  const now = await readProcessorTime(pid);
  return { own: now.own - before.own, children: now.children - before.children };
}
