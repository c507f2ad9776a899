import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createOriginServer, makeFixtures, startYtApp } from '@linkcast/testing';
import type { BenchRun } from '../bench-run.ts';
import { median } from '../medians.ts';
import { renderTable } from '../table.ts';
import { benchTexts } from '../texts.ts';
import { compareSources } from './compare-sources.ts';
import { measureDirectLink } from './measure-direct-link.ts';
import { measureList } from './measure-list.ts';
import { measureLive } from './measure-live.ts';

const DIRECT_RUNS = 5;
const LIST_ENTRIES = 200;

const say = benchTexts;

/** Measures links of several kinds, on loopback, and gives the table. */
export async function benchSources({ signal, report }: BenchRun): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'linkcast-bench-live-'));
  const files = await createOriginServer({ root: await makeFixtures() });
  const broadcasts = await createOriginServer({ root });
  const ytApp = await startYtApp(
    {
      ALLOW_PRIVATE_SOURCES: `${files.hostPort},${broadcasts.hostPort}`,
      HOST_CONCURRENCY: '0',
      SPARE_DOWNLOADERS: '1',
    },
    { isBundled: true },
  );
  try {
    const direct: number[] = [];
    for (let run = 1; run <= DIRECT_RUNS; run += 1) {
      report(say.measuringDirectLink(run, DIRECT_RUNS));
      direct.push(await measureDirectLink(run, { ytApp, origin: files, signal }));
    }
    report(say.measuringLive);
    const live = await measureLive({ ytApp, origin: broadcasts, root, signal });
    report(say.measuringList(LIST_ENTRIES));
    const list = await measureList(LIST_ENTRIES, { ytApp, origin: files });
    const figures = { direct: median(direct), live, list, listEntries: LIST_ENTRIES };
    return renderTable(compareSources(figures), [say.notes.direct(DIRECT_RUNS), say.notes.live]);
  } finally {
    await ytApp.close();
    await Promise.all([files.close(), broadcasts.close()]);
    await rm(root, { recursive: true, force: true });
  }
}
