import { runBench } from './bench.ts';
import { parseOptions, type BenchOptions } from './options.ts';
import { benchTexts } from './texts.ts';

const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;

const options = readOptions();
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interruption.abort());

try {
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  process.stdout.write(await runBench({ options, signal: interruption.signal, report }));
} catch (error) {
  if (!interruption.signal.aborted) throw error;
  console.error(benchTexts.stopped);
  process.exitCode = EXIT_INTERRUPTED;
}

function readOptions(): BenchOptions {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`${error.message}\n${benchTexts.usage}`);
    process.exit(EXIT_USAGE);
  }
}
