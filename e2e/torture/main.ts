import { parseOptions, type TortureOptions } from './options.ts';
import { createProgress } from './progress.ts';
import { recordOf } from './proof/record.ts';
import { keepRecord } from './proof/records.ts';
import { renderReport } from './report.ts';
import { torture } from './torture.ts';

const EXIT_USAGE = 2;

const options = readOptions();
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interruption.abort());
const report = createProgress();

report(`SEED=${options.seed} MINUTES=${options.minutes} DATABASE=${options.database} SCENE=${options.scene}`);
const ledger = await torture({ options, signal: interruption.signal, report });
process.stdout.write(renderReport(options, ledger));
if (options.record !== undefined) await keepRecord(recordOf(options, ledger), options.record);
// A connection that a fault has left half open keeps Node running otherwise.
process.exit(ledger.violations.length > 0 ? 1 : 0);

function readOptions(): TortureOptions {
  try {
    return parseOptions(process.argv.slice(2), process.env);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(error.message);
    process.exit(EXIT_USAGE);
  }
}
