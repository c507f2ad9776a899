import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { PipelineRun } from '../run/pipeline-run.ts';
import type { PreparedDownload } from '../programs/ytdlp.ts';
import type { RunOptions } from '../programs/ytdlp-run.ts';

/** The downloads of a job. They are started while the source is resolved, so that a track starts at once. */
export interface PreparedDownloads {
  /** Takes a prepared download, or starts one. */
  take(): Promise<PreparedDownload>;
  /** Stops those that have not ended; resolves when all have. */
  stop(): Promise<void>;
}

/** Of a job that downloads nothing. */
export const NO_DOWNLOADS: PreparedDownloads = {
  take: () => Promise.reject(new Error('the job downloads nothing')),
  stop: () => Promise.resolve(),
};

/** Most sources of a video have picture and sound apart. A third track is not played first. */
const PREPARED = { video: 2, audio: 1 } as const;
const NOT_NEEDED = 'not needed';

type Run = Pick<PipelineRun, 'job' | 'ytDlp' | 'signal'>;

/** The way of the downloads. Each has a directory of its own in the given one. */
export type DownloadRoute = Omit<RunOptions, 'signal'>;

/** Starts as many downloads as a job of this type usually has. */
export async function prepareDownloads(run: Run, route: DownloadRoute): Promise<PreparedDownloads> {
  const started: PreparedDownload[] = [];
  const prepare = async (number: number): Promise<PreparedDownload> => {
    const directory = path.join(route.directory, `download-${number}`);
    await mkdir(directory);
    const download = run.ytDlp.prepareDownload({ ...route, directory, signal: run.signal });
    started.push(download);
    return download;
  };
  let taken = 0;
  for (let number = 1; number <= PREPARED[run.job.type]; number += 1) await prepare(number);

  return {
    async take() {
      taken += 1;
      return started[taken - 1] ?? (await prepare(taken));
    },
    async stop() {
      await Promise.all(started.map(({ program }) => program.stop(NOT_NEEDED)));
    },
  };
}
