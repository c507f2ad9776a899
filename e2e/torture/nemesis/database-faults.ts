import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { signal } from '../world/processes.ts';
import { atOnce, type Fault } from './fault.ts';

const PAGE_BYTES = 4096;

/** Faults of the databases: their server restarts, a page of their file is noise. */
export const databaseFaults: readonly Fault[] = [
  {
    name: 'database server restarts',
    weight: 3,
    async begin({ postgres }, random) {
      if (!postgres) return undefined;
      await postgres.kill();
      return { detail: '', seconds: random.between(1, 8), undo: () => postgres.start() };
    },
  },
  {
    name: 'damaged database page',
    weight: 1,
    async begin(world, random, ledger) {
      const part = world.postgres ? 'bot' : random.pick(['yt-app', 'bot'] as const);
      const page = await damagePage(path.join(world.dataDirectory, part, `${part}.sqlite`), (pages) =>
        random.between(0, pages - 1),
      );
      ledger.forgive(part);
      for (const { pid, name } of await world.processes()) if (name === part) signal(pid, 'SIGKILL');
      return {
        ...atOnce(`page ${page} of the database of ${part}`),
        killed: part,
        served: () => ledger.forgive(part), // what was accepted between the damage and the next start is lost with it
      };
    },
  },
];

/** Writes noise over one page of a database. @returns its number, from 0. */
async function damagePage(file: string, pick: (pages: number) => number): Promise<number> {
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    const page = pick(Math.max(1, Math.floor(size / PAGE_BYTES)));
    await handle.write(randomBytes(PAGE_BYTES), 0, PAGE_BYTES, page * PAGE_BYTES);
    return page;
  } finally {
    await handle.close();
  }
}
