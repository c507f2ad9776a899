import { startYtApp, type YtAppProcess } from '@linkcast/testing';
import type { BenchRun } from '../bench-run.ts';
import { median } from '../medians.ts';
import { renderTable } from '../table.ts';
import { compareEdge, type EdgeFigures } from './compare-edge.ts';
import { startEdge, type EdgeProcess } from './edge-process.ts';
import { measureRate } from './measure-rate.ts';
import { measureReload } from './measure-reload.ts';
import { measureSlowClients, SLOW_CLIENTS } from './measure-slow-clients.ts';
import { SEGMENT_BYTES, writeRendition } from './media-file.ts';
import { signIn } from './viewer.ts';
import { benchTexts } from '../texts.ts';

/** Rounds of closed and open, one after the other: what the machine does meanwhile meets both. */
const ROUNDS = 5;

const say = benchTexts;

/** Measures what access costs, and what slow clients and reloads do, before the real yt-app. */
export async function benchEdge(benchRun: BenchRun): Promise<string> {
  const ytApp = await startYtApp({}, { hasWorker: false, isBundled: true });
  const edges: EdgeProcess[] = [];
  try {
    for (const access of ['private', 'public'] as const) edges.push(await startEdge(ytApp, access));
    const figures = await edgeFigures(benchRun, ytApp, edges);
    return renderTable(compareEdge(figures), [say.notes.edge(ROUNDS, SEGMENT_BYTES)], say.edgeHead);
  } finally {
    for (const edge of edges) await edge.close();
    await ytApp.close();
  }
}

async function edgeFigures(
  { report, signal }: BenchRun,
  ytApp: YtAppProcess,
  [closed, open]: readonly EdgeProcess[],
): Promise<EdgeFigures> {
  if (!closed || !open) throw new Error('two edges are needed');
  const path = await writeRendition(ytApp.mediaDir);
  const cookie = await signIn(closed, ytApp);
  const rates = { closed: [] as number[], open: [] as number[] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    signal.throwIfAborted();
    report(say.measuringRate(round, ROUNDS));
    rates.open.push(await measureRate(open, path, cookie));
    rates.closed.push(await measureRate(closed, path, cookie));
  }
  report(say.measuringSlowClients(SLOW_CLIENTS));
  const slowClients = await measureSlowClients(closed, path, cookie);
  report(say.measuringReload);
  const reload = await measureReload(closed, path, cookie);
  const rate = { closed: median(rates.closed), open: median(rates.open) };
  return { rate, slowClients, slowClientCount: SLOW_CLIENTS, reload };
}
