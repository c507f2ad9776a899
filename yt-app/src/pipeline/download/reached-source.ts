import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { WorkCookies, WorkWay } from '@linkcast/contracts';
import type { WayOptions } from '../programs/way-flags.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import { tryWays } from '../run/way-attempts.ts';
import { useWay } from '../run/way-route.ts';
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
    const { ytDlp, logger } = run;
    const { cookies } = run.job;
    const onCookies = (changed: WorkCookies): void => reporter.cookies(changed);
    const { info, ...source } = await useWay(way, { ytDlp, folder, cookies, onCookies, logger }, (options) => {
      const { impersonate } = options;
      return resolveBy(run, { directory: folder, proxyUrl: way.proxyUrl, way: { impersonate } }, options);
    });
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
