import { parseArgs } from 'node:util';
import { parseOptions } from '../options.ts';
import { createProgress } from '../progress.ts';
import { renderReport } from '../report.ts';
import { torture } from '../torture.ts';
import { recordOf } from './record.ts';
import { keepRecord } from './records.ts';
import { writeReliabilityPage, isReliabilityPageUpToDate } from './reliability-page.ts';

/** Runs several seeds of a scene on both databases, or on DATABASE, keeps their records, and writes the page. `--page`: the page only; `--check`: is it right? */
const { values } = parseArgs({ options: { page: { type: 'boolean' }, check: { type: 'boolean' } } });
if (values.check === true) {
  if (!(await isReliabilityPageUpToDate())) {
    process.stderr.write('docs/reliability.md is out of date: run make format\n');
    process.exitCode = 1;
  }
} else {
  if (values.page !== true) await prove();
  await writeReliabilityPage();
  process.exit(); // a connection that a fault has left half open keeps Node running otherwise
}

async function prove(): Promise<void> {
  const seeds = (process.env['SEEDS'] ?? '1 2 3').split(/\s+/).map(Number);
  const { minutes, scene, database: only } = parseOptions([], process.env);
  const databases = process.env['DATABASE'] === undefined ? (['sqlite', 'postgres'] as const) : [only];
  const interruption = new AbortController();
  const isInterrupted = (): boolean => interruption.signal.aborted;
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interruption.abort());
  for (const database of databases)
    for (const seed of seeds) {
      if (isInterrupted()) return;
      const options = { seed, minutes, database, scene };
      const ledger = await torture({ options, signal: interruption.signal, report: createProgress() });
      process.stdout.write(renderReport(options, ledger));
      if (ledger.violations.length > 0) process.exitCode = 1;
      if (!isInterrupted()) await keepRecord(recordOf(options, ledger));
    }
}
