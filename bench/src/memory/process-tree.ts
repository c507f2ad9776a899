import { readdir, readFile } from 'node:fs/promises';

/** The process and everything below it: its children, their children, and so on. */
export async function readProcessTree(root: number): Promise<number[]> {
  const children = await readChildren();
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

/** The process ids of the children of every process that has some. */
async function readChildren(): Promise<Map<number, number[]>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const children = new Map<number, number[]>();
  for (const pid of pids) {
    const parent = await readParent(pid);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

async function readParent(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined); // ended meanwhile
  // the name in brackets may itself hold spaces and brackets; state and parent follow the last one
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}
