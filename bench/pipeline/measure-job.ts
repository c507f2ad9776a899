import { setTimeout as delay } from 'node:timers/promises';
import type { YtAppProcess } from '@linkcast/testing';
import { readyJob } from './ended-job.ts';
import { processorTimeSince, readProcessorTime } from './processor-time.ts';
import type { Source } from './source.ts';

/** All in seconds. */
export interface JobFigures {
  /** From the job's start. */
  readonly playable: number;
  /** From the last byte that the source sent. */
  readonly readyAfterLastByte: number;
  /** Processor time of yt-app and all its programs. */
  readonly processor: number;
  /** Of it, yt-app itself. */
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
  const before = await readProcessorTime(ytApp.pid());
  const { id } = await ytApp.api.createJob({ url: link, type: 'video' });
  const { startedAt, playableAt, finishedAt } = await readyJob(ytApp.api, id, { limitSeconds, signal });
  const spent = await processorTimeSince(before, ytApp.pid());
  return {
    playable: (moment(playableAt) - moment(startedAt)) / 1000,
    readyAfterLastByte: (moment(finishedAt) - source.lastSentAt()) / 1000,
    processor: spent.own + spent.children,
    ownProcessor: spent.own,
  };
}

const IDLE_SECONDS = 5;

/** The part of one processor that yt-app takes while it has nothing to do. */
export async function measureIdleShare(ytApp: YtAppProcess, signal: AbortSignal): Promise<number> {
  const before = await readProcessorTime(ytApp.pid());
  await delay(IDLE_SECONDS * 1000, undefined, { signal });
  return (await processorTimeSince(before, ytApp.pid())).own / IDLE_SECONDS;
}

function moment(timestamp: string | null): number {
  if (timestamp === null) throw new Error('a ready job has started, was playable, and has ended');
  return Date.parse(timestamp);
}
