import { startYtApp, type YtAppProcess } from '@linkcast/testing';
import { measureByHand, type ByHandFigures } from './measure-by-hand.ts';
import { measureIdleShare, measureJob, type JobFigures } from './measure-job.ts';
import { measureScrub } from './measure-verification.ts';
import { measureMemory, type MemoryFigures } from './measure-memory.ts';
import { comparePipeline } from './compare-pipeline.ts';
import { SCRUB_BYTES_PER_SECOND } from '../../../yt-app/src/library/scrub/paced-digest.ts';
import type { BenchRun } from '../bench-run.ts';
import { medians } from '../medians.ts';
import { renderTable } from '../table.ts';
import { openSource, sourceBytes, type Source } from './source.ts';
import { benchTexts } from '../texts.ts';

const SPEED_BYTES_PER_SECOND = 2e6;
const MEMORY_BYTES_PER_SECOND = 8e6;
const MEMORY_JOBS = 4;

interface SpeedFigures {
  readonly jobs: readonly JobFigures[];
  readonly byHand: readonly ByHandFigures[];
  readonly idleShare: number;
}

const say = benchTexts;

/** Measures jobs, and gives the table. Whatever happens, nothing that it started is left. */
export async function benchPipeline(benchRun: BenchRun): Promise<string> {
  const { options, report } = benchRun;
  const bytes = sourceBytes(options.sourceSeconds);
  report(say.preparing(bytes));
  const source = await openSource(options.sourceSeconds);
  try {
    const speed = await speedFigures(benchRun, source);
    const memory = await memoryFigures(benchRun, source);
    const scrubShare = await measureScrub(benchRun.signal);
    const figures = {
      scrubShare,
      job: medians(speed.jobs),
      byHand: medians(speed.byHand),
      memory,
      memoryJobs: MEMORY_JOBS,
    };
    return renderTable(comparePipeline(figures), [
      say.notes.runs(options.runs, bytes, SPEED_BYTES_PER_SECOND),
      say.notes.byHand,
      say.notes.verification,
      say.notes.scrub(SCRUB_BYTES_PER_SECOND),
      say.notes.idle(speed.idleShare),
      say.notes.memory(MEMORY_BYTES_PER_SECOND),
    ]);
  } finally {
    await source.origin.close();
  }
}

async function speedFigures({ options, signal, report }: BenchRun, source: Source): Promise<SpeedFigures> {
  source.origin.throttle(SPEED_BYTES_PER_SECOND);
  const limitSeconds = timeLimit(sourceBytes(options.sourceSeconds) / SPEED_BYTES_PER_SECOND);
  return withYtApp(source, async (ytApp) => {
    const idleShare = await measureIdleShare(ytApp, signal);
    const jobs: JobFigures[] = [];
    const byHand: ByHandFigures[] = [];
    for (let run = 1; run <= options.runs; run += 1) {
      report(say.measuringJob(run, options.runs));
      jobs.push(await measureJob(source.link(run), { ytApp, source, limitSeconds, signal }));
      report(say.measuringByHand(run, options.runs));
      byHand.push(await measureByHand(source.link(run), { source, limitSeconds, signal }));
    }
    return { jobs, byHand, idleShare };
  });
}

async function memoryFigures({ options, signal, report }: BenchRun, source: Source): Promise<MemoryFigures> {
  report(say.measuringMemory(MEMORY_JOBS));
  source.origin.throttle(MEMORY_BYTES_PER_SECOND);
  const links = Array.from({ length: MEMORY_JOBS }, (_, index) => source.link(index));
  const limitSeconds = timeLimit((sourceBytes(options.sourceSeconds) * MEMORY_JOBS) / MEMORY_BYTES_PER_SECOND);
  return withYtApp(source, (ytApp) => measureMemory(links, { ytApp, limitSeconds, signal }));
}

async function withYtApp<T>(source: Source, measure: (ytApp: YtAppProcess) => Promise<T>): Promise<T> {
  const settings = {
    ALLOW_PRIVATE_SOURCES: source.origin.hostPort,
    DOWNLOAD_CONCURRENCY: String(MEMORY_JOBS),
    HOST_CONCURRENCY: '0',
    SPARE_DOWNLOADERS: '1',
  };
  const ytApp = await startYtApp(settings, { isBundled: true });
  try {
    return await measure(ytApp);
  } finally {
    await ytApp.close();
  }
}

/** The limit, in seconds, for a measurement that should take `seconds`. */
function timeLimit(seconds: number): number {
  return seconds * 3 + 60;
}
