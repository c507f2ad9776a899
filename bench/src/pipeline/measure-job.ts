import { setTimeout as delay } from 'node:timers/promises';
import type { YtAppProcess } from '@linkcast/testing';
import { readyJob } from './ended-job.ts';
import { measureVerification } from './measure-verification.ts';
import { watchProgramTime } from './program-time.ts';
import { processorTimeSince, readProcessorTime, type ProcessorTime } from './processor-time.ts';
import type { Source } from './source.ts';

/** All in seconds. */
export interface JobFigures {
  /** From the job's start. */
  readonly playable: number;
  /** From the last byte that the source sent. */
  readonly readyAfterLastByte: number;
  /** Processor time of yt-app, all its programs, and the egress proxy. */
  readonly processor: number;
  /** Of the verification alone; it is part of {@link processor}. */
  readonly verification: number;
  /** Of it, the API, the worker and the egress proxy themselves. */
  readonly ownProcessor: number;
}

interface Where {
  readonly ytApp: YtAppProcess;
  readonly source: Source;
  readonly limitSeconds: number;
  readonly signal: AbortSignal;
}

/** Sends a link to yt-app and watches what becomes of it. */
export async function measureJob(link: string, { ytApp, source, limitSeconds, signal }: Where): Promise<JobFigures> {
  const services = await Promise.all([ytApp.main, ytApp.worker, ytApp.egress].map((one) => stopwatch(one.pid())));
  const done = new AbortController();
  const programs = watchProgramTime(ytApp.mediaDir, done.signal);
  const { id } = await ytApp.api.createJob({ url: link, type: 'video' });
  const ready = readyJob(ytApp.api, id, { limitSeconds, signal });
  const { startedAt, playableAt, finishedAt, mediaId } = await ready.finally(() => done.abort());
  const spent = await Promise.all(services.map((readSpent) => readSpent()));
  const ownProcessor = spent.reduce((sum, { own }) => sum + own, 0);
  const verification =
    mediaId === null ? 0 : await measureVerification(ytApp.mediaDir, await ytApp.api.getMedia(mediaId), signal);
  return {
    verification,
    playable: (moment(playableAt) - moment(startedAt)) / 1000,
    readyAfterLastByte: (moment(finishedAt) - source.lastSentAt()) / 1000,
    processor: ownProcessor + (await programs),
    ownProcessor,
  };
}

/** Starts to measure a process; the function gives what it has spent since. */
async function stopwatch(pid: number): Promise<() => Promise<ProcessorTime>> {
  const before = await readProcessorTime(pid);
  return () => processorTimeSince(before, pid);
}

const IDLE_SECONDS = 5;

/** The part of one processor that yt-app takes while it has nothing to do. */
export async function measureIdleShare(ytApp: YtAppProcess, signal: AbortSignal): Promise<number> {
  const idle = await Promise.all([ytApp.main, ytApp.worker, ytApp.egress].map((service) => stopwatch(service.pid())));
  await delay(IDLE_SECONDS * 1000, undefined, { signal });
  const spent = await Promise.all(idle.map((readSpent) => readSpent()));
  return spent.reduce((sum, { own }) => sum + own, 0) / IDLE_SECONDS;
}

function moment(timestamp: string | null): number {
  if (timestamp === null) throw new Error('a ready job has started, was playable, and has ended');
  return Date.parse(timestamp);
}
