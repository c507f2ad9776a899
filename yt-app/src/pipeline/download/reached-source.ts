import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ImpersonateTarget, WorkWay } from '@linkcast/contracts';
import type { WayOptions } from '../programs/way-flags.ts';
import { withCookieFile } from '../run/cookie-file.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import { tryWays } from '../run/way-attempts.ts';
import { preferFormats } from '../source/preferred-formats.ts';
import type { ResolvedSource } from '../source/source-info.ts';
import { prepareDownloads, type DownloadRoute, type PreparedDownloads } from './prepared-downloads.ts';

/** A source that was resolved, and the downloads that wait for it. They go the way that has reached it. */
export interface ReachedSource extends ResolvedSource {
  readonly downloads: PreparedDownloads;
}

/** Resolves the source of a job: directly, or by the ways of its host, one after the other. */
export async function reachSource(run: PipelineRun): Promise<ReachedSource> {
  const { ways } = run.job;
  const { egress, workDirectory: directory, signal, reporter } = run;
  if (ways.length === 0) return resolveBy(run, { directory, proxyUrl: egress.proxyUrl, way: {} }, {});
  let number = 0;
  const attempt = async (way: WorkWay): Promise<ReachedSource> => {
    number += 1;
    const folder = path.join(directory, `way-${number}`);
    await mkdir(folder);
    run.takeEgress(await run.openEgress(way.proxyUrl, signal));
    const impersonate = await availableTarget(run, way.impersonate);
    const route = { directory: folder, proxyUrl: way.proxyUrl, way: { impersonate } };
    const { info, ...source } = await withCookies(run, way, folder, (cookiesFile) =>
      resolveBy(run, route, { ...way, cookiesFile }),
    );
    return { ...source, info: { ...info, formats: preferFormats(info.formats, way.formats) } };
  };
  return tryWays(ways, attempt, { signal, onTried: (tried) => reporter.tried(tried) });
}

async function resolveBy(
  run: PipelineRun,
  route: DownloadRoute,
  { extractorArguments = {}, requestGap = 0, cookiesFile }: WayOptions,
): Promise<ReachedSource> {
  const { job, signal, ytDlp } = run;
  const way = { ...route.way, extractorArguments, requestGap, cookiesFile };
  const downloads = await prepareDownloads(run, route);
  try {
    const resolved = await ytDlp.resolve(job.url, { ...route, way, signal });
    return { ...resolved, downloads };
  } catch (error) {
    await downloads.stop();
    throw error;
  }
}

/** Runs with the cookies of the job in a file where the way has them, and reports what the downloader has made of them. */
function withCookies<Result>(
  { job, reporter }: PipelineRun,
  { cookies: isWanted }: WorkWay,
  folder: string,
  use: (cookiesFile: string | undefined) => Promise<Result>,
): Promise<Result> {
  const { cookies } = job;
  if (!isWanted || !cookies) return use(undefined);
  const file = path.join(folder, 'cookies.txt');
  return withCookieFile(file, cookies.text, use, (text) => reporter.cookies({ ...cookies, text }));
}

/** The browser of a way; undefined where this yt-dlp does not have it: the way is tried without. */
async function availableTarget(
  { ytDlp, logger }: Pick<PipelineRun, 'ytDlp' | 'logger'>,
  wanted: ImpersonateTarget | undefined,
): Promise<ImpersonateTarget | undefined> {
  if (wanted === undefined || (await ytDlp.impersonateTargets()).includes(wanted)) return wanted;
  logger.warn({ impersonate: wanted }, 'browser not available, tried without');
  return undefined;
}
