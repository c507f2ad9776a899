import { readFile, readlink } from 'node:fs/promises';
import { programName } from './program-name.ts';
import { readProcessTree } from './process-tree.ts';

/** Memory of the processes of a stack at one moment: proportional set sizes, in bytes. */
export interface MemorySample {
  /** By program; several processes of one program are added up. */
  readonly byProgram: ReadonlyMap<string, number>;
  /** Of our own processes: all that run Node. */
  readonly own: number;
  readonly total: number;
}

/**
 * Reads the memory of a process and of everything below it. A page that several processes share counts once among them,
 * so that the sum is what the machine lacks. This process shares Node's program with the stack, and would take a part of
 * its cost: that part is added to the stack again.
 *
 * @param shared what the part is called in the table
 */
export async function sampleMemory(root: number, shared: string): Promise<MemorySample> {
  const byProgram = new Map<string, number>();
  let own = 0;
  const add = (name: string, bytes: number, isOwn: boolean): void => {
    byProgram.set(name, (byProgram.get(name) ?? 0) + bytes);
    if (isOwn) own += bytes;
  };
  for (const pid of await readProcessTree(root)) {
    const found = await readProcess(pid).catch(() => undefined); // ended meanwhile
    if (found) add(found.name, found.bytes, found.isOwn);
  }
  add(shared, await readSharedProgram(), true);
  return { byProgram, own, total: [...byProgram.values()].reduce((sum, bytes) => sum + bytes, 0) };
}

async function readProcess(pid: number): Promise<{ name: string; bytes: number; isOwn: boolean }> {
  const [rollup, commandLine, file] = await Promise.all([
    readFile(`/proc/${pid}/smaps_rollup`, 'utf8'),
    readFile(`/proc/${pid}/cmdline`, 'utf8'),
    readlink(`/proc/${pid}/exe`),
  ]);
  return { name: programName(commandLine.split('\0'), file), bytes: sumPss(rollup), isOwn: file === process.execPath };
}

/** This process's share of Node's program. */
async function readSharedProgram(): Promise<number> {
  const maps = await readFile('/proc/self/smaps', 'utf8');
  const ofProgram = maps
    .split(/\n(?=[\da-f]+-[\da-f]+ )/)
    .filter((map) => map.split('\n', 1)[0]?.endsWith(process.execPath));
  return ofProgram.reduce((sum, map) => sum + sumPss(map), 0);
}

/** The proportional set size that a file of the kernel's smaps family tells, in bytes. */
function sumPss(text: string): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;
}
