import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '@linkcast/testing';
import type { BenchRun } from '../bench-run.ts';
import { renderTable } from '../table.ts';
import { benchTexts } from '../texts.ts';
import { compareStore, type RestartFigure } from './compare-store.ts';
import { measureRestart, RESTART_SIZE } from './measure-restart.ts';
import { measureStore, type StoreFigures } from './measure-store.ts';
import { makeFolders, type StoreSize } from './store-content.ts';

const FULL: StoreSize = { items: 100_000, jobs: 10_000 };
const QUICK: StoreSize = { items: 10_000, jobs: 2000 };

const say = benchTexts;

/** Measures the store of yt-app on both databases, with the same library. Nothing of it is left. */
export async function benchStore({ options, report, signal }: BenchRun): Promise<string> {
  const size = options.isQuick ? QUICK : FULL;
  const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-bench-store-'));
  const server = await startPostgres();
  try {
    const mediaDir = path.join(directory, 'media');
    report(say.preparingFolders(size.items));
    await makeFolders(mediaDir, size.items, signal);
    const smallerDir = path.join(directory, 'smaller');
    await makeFolders(smallerDir, RESTART_SIZE.items, signal);
    const measure = async (databaseUrl: () => Promise<string | undefined>): Promise<StoreFigures & RestartFigure> => ({
      ...(await measureStore({ ...size, mediaDir, databaseUrl: await databaseUrl(), signal })),
      restartMs: await measureRestart({ mediaDir: smallerDir, databaseUrl: await databaseUrl(), signal }),
    });
    report(say.measuringStore('SQLite'));
    const sqlite = await measure(() => Promise.resolve(undefined));
    report(say.measuringStore('PostgreSQL'));
    const postgres = await measure(() => server.createDatabase());
    return renderTable(compareStore(sqlite, postgres), [say.notes.store(size.items, size.jobs)], say.storeHead);
  } finally {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  }
}
