import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Media, MediaType, Quality } from '@linkcast/contracts';
import { createLogger } from '@linkcast/kit';
import type { AppDatabase } from '../../../src/database/app-database.ts';
import { createRepairs, type RepairsOptions } from '../../../src/work/repair/repairs.ts';
import { createDecodeWork } from '../../../src/worker/decode-work.ts';
import { createJobWork } from '../../../src/worker/job-work.ts';
import { runLeasedWork } from '../../../src/worker/leased-work.ts';
import { startJobs, type JobFixture } from '../../fixtures/job-fixture.ts';
import type { PipelineRig } from '../../pipeline/pipeline-rig.ts';

const DAY_MS = 86_400_000;
const NEVER = new AbortController().signal;

/** The library and the queue on a database, with the real pipeline as the worker. */
export interface RepairRig extends JobFixture {
  /** Makes an item, by default a video, and comes back when it is ready. */
  add(url: string, type?: MediaType, quality?: Quality): Promise<Media>;
  /** Runs the next job as a worker does. @param stopping makes it stop in order. Default: never. */
  runJob(stopping?: AbortSignal): Promise<void>;
  /** Decodes the next item as an idle worker does. @returns its id; undefined when none is given out. */
  decode(): Promise<string | undefined>;
  /** Lets a month pass, and checks all files. */
  scrub(): Promise<void>;
  /** Starts the repairs that are due, and notes those that have ended. */
  repair(): Promise<void>;
  /** The item as everybody sees it. */
  item(id: string): Promise<Media>;
  filesOf(id: string): Promise<string[]>;
  openRepairs(): Promise<number>;
}

export async function startRepairRig(
  database: AppDatabase,
  pipeline: PipelineRig,
  { allow, people }: { allow: readonly string[]; people: RepairsOptions['people'] },
): Promise<RepairRig> {
  const logger = createLogger({ service: 'test', level: 'silent' });
  let elapsedMs = 0;
  const fixture = await startJobs(database, {
    ...{ mediaDir: pipeline.mediaDir, allowPrivate: allow },
    clock: () => Date.now() + elapsedMs,
    beginRepair: (id) => repairs.begin(id),
  });
  const { work, library, jobs, store } = fixture;
  const repairs = createRepairs({
    ...{ database, library, store, logger, items: fixture.items, queue: work.queue, people, allowPrivate: allow },
  });
  const client = {
    reportWork: (...[id, request]: Parameters<typeof work.service.report>) => work.service.report(id, request),
    renewLease: (id: string, fence: number, signal: AbortSignal = NEVER) => work.service.renew(id, fence, signal),
  };
  const runJobWork = createJobWork({ client, logger, runJob: (job, ...rest) => pipeline.run(job, ...rest) });
  const runDecodeWork = createDecodeWork({ client, logger, decodeItem: pipeline.decode });
  const decode = async (): Promise<string | undefined> => {
    const claim = { worker: 'w', instance: 'i', kind: 'decode', downloader: null } as const;
    const claimed = (await work.service.claim(claim, NEVER)).work;
    if (claimed?.kind !== 'decode') return undefined;
    const stopping = { client, logger, stopping: NEVER };
    await runLeasedWork(claimed, { ...stopping, run: (_, control) => runDecodeWork(claimed, control) });
    return claimed.mediaId;
  };
  const item = (id: string): Promise<Media> => library.get(id, 'everything');
  const runJob = async (stopping = NEVER): Promise<void> => {
    const claimed = await fixture.claim();
    await runLeasedWork(claimed, {
      ...{ client, logger, stopping },
      run: (given, control) =>
        given.kind === 'job' ? runJobWork(given, control) : Promise.reject(new Error('a probe')),
    });
  };
  return {
    ...fixture,
    runJob,
    decode,
    item,
    async add(url, type = 'video', quality = 'best') {
      const { id } = await jobs.submit({ url, type, quality }, { caller: 'service:bot' });
      await runJob();
      const job = await jobs.get(id);
      if (job?.state !== 'ready')
        throw new Error(`the job is ${job?.state}: ${job?.problem?.error ?? job?.retry?.problem.error}`);
      return item(job.mediaId ?? '');
    },
    async scrub() {
      elapsedMs += 31 * DAY_MS;
      while (await library.scrub.checkNext(NEVER));
    },
    repair: () => repairs.run(),
    filesOf: async (id) => (await readdir(path.join(pipeline.mediaDir, id))).toSorted(),
    openRepairs: async () => (await store.repairedItems()).length,
  };
}
