import { findFreePort } from '@linkcast/testing';
import { createHomeLine } from '../../../e2e/support/home-line.ts';
import { startLocalStack, type LocalStack } from '../../../e2e/support/local-stack.ts';
import type { BenchRun } from '../bench-run.ts';
import { openSource, sourceBytes } from '../pipeline/source.ts';
import { renderTable } from '../table.ts';
import { compareMemory, type MemoryFigures } from './compare-memory.ts';
import { measureIdle } from './measure-idle.ts';
import { measureJobs } from './measure-jobs.ts';
import type { MemorySample } from './memory-sample.ts';
import { benchTexts } from '../texts.ts';

const JOBS = 4;
const SOURCE_BYTES_PER_SECOND = 8e6;

const say = benchTexts;

/** Measures the memory of the whole stack as `make local` runs it: idle, and while jobs run. Nothing of it is left. */
export async function benchMemory(benchRun: BenchRun): Promise<string> {
  benchRun.report(say.measuringBareMemory);
  const bare = await measureBare(benchRun);
  const figures = { bare, jobs: JOBS, ...(await measureFull(benchRun)) };
  return renderTable(compareMemory(figures), [say.notes.wholeMemory(SOURCE_BYTES_PER_SECOND)], say.memoryHead);
}

/** Without a public name and a token. */
async function measureBare({ signal }: BenchRun): Promise<MemorySample> {
  const ports = { httpPort: await findFreePort(), httpsPort: await findFreePort() };
  const stack = await startLocalStack({ ...ports, settings: { TELEGRAM_TOKEN: '', DOMAIN_NAME: '' } });
  return measureAndClose(stack, () => measureIdle(stack.pid, say.rows.sharedNode, signal));
}

/** With both, and a source for the jobs. */
async function measureFull(benchRun: BenchRun): Promise<Pick<MemoryFigures, 'full' | 'ownPeak'>> {
  const { options, report, signal } = benchRun;
  const source = await openSource(options.sourceSeconds);
  source.origin.throttle(SOURCE_BYTES_PER_SECOND);
  const ports = { httpPort: await findFreePort(), httpsPort: await findFreePort() };
  const line = await createHomeLine({ httpPort: ports.httpPort });
  const settings = {
    ...line.settings,
    SITE_URL: `https://${line.name}:${ports.httpsPort}`,
    ALLOW_PRIVATE_SOURCES: source.origin.hostPort,
    DOWNLOAD_CONCURRENCY: String(JOBS),
    HOST_CONCURRENCY: '0',
  };
  report(say.measuringFullMemory);
  const stack = await startLocalStack({ ...ports, settings });
  return measureAndClose(stack, async () => {
    const full = await measureIdle(stack.pid, say.rows.sharedNode, signal);
    report(say.measuringMemory(JOBS));
    const ownPeak = await measureJobs(stack, {
      links: Array.from({ length: JOBS }, (_, index) => source.link(index)),
      limitSeconds: ((sourceBytes(options.sourceSeconds) * JOBS) / SOURCE_BYTES_PER_SECOND) * 3 + 60,
      signal,
      shared: say.rows.sharedNode,
    });
    return { full, ownPeak };
  }).finally(() => Promise.all([line.close(), source.origin.close()]));
}

async function measureAndClose<T>(stack: LocalStack, measure: () => Promise<T>): Promise<T> {
  try {
    return await measure();
  } finally {
    await stack.close();
  }
}
