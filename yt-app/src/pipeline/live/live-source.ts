import { Problem, type WorkCookies } from '@linkcast/contracts';
import { z } from 'zod';
import { planDownload } from '../plan/download-plan.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
import { readByWays } from '../run/probed-link.ts';
import { isLive, type ResolvedSource } from '../source/source-info.ts';
import type { LiveSource } from './segment-fetch.ts';

/** The part of a download document that names the playlist of a live format. */
const Document = z.object({
  formats: z.tuple([
    z.object({
      url: z.string(),
      protocol: z.literal('m3u8_native'),
      http_headers: z.record(z.string(), z.string()).default({}),
      // yt-dlp chooses cookies by their domains and paths, and these sites give a key, or words for each URL, by other ways.
      cookies: z.undefined().optional(),
      hls_aes: z.undefined().optional(),
      extra_param_to_segment_url: z.undefined().optional(),
      extra_param_to_key_url: z.undefined().optional(),
    }),
  ]),
});

/** @throws {Problem} source-live when the format is none that can be relayed. */
export function liveSourceOf(document: string | undefined): LiveSource {
  const { data } = Document.safeParse(document === undefined ? undefined : JSON.parse(document));
  if (!data) throw new Problem('source-live');
  const [{ url, http_headers: headers }] = data.formats;
  return { url, headers };
}

/**
 * Asks the site for the live source of a job again: addresses expire.
 *
 * @returns undefined when it is no live source any more.
 * @throws {Problem} the reason why it cannot be resolved.
 */
export async function findLiveSource(run: PipelineRun): Promise<LiveSource | undefined> {
  const resolved = await resolveAgain(run);
  if (!isLive(resolved.info)) return undefined;
  const { tracks } = planDownload(resolved.info, run.job, run.limits);
  return liveSourceOf(resolved.documents.get(tracks[0]?.formatId ?? ''));
}

async function resolveAgain(run: PipelineRun): Promise<ResolvedSource> {
  const { ytDlp, job, egress, reporter, logger, signal } = run;
  const { url, ways, cookies } = job;
  const link = { url, ways, cookies, proxyUrl: egress.proxyUrl, maxEntries: 1 };
  const onCookies = (changed: WorkCookies): void => reporter.cookies(changed);
  return readByWays(link, { ytDlp, onCookies, logger, signal }, async (each) => {
    const resolved = await ytDlp.resolve(url, each);
    if (each.proxyUrl !== egress.proxyUrl) run.takeEgress(await run.openEgress(each.proxyUrl, signal)); // segments go the same way
    return resolved;
  });
}
