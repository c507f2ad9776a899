import path from 'node:path';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { Problem } from '@linkcast/contracts';
import { z } from 'zod';
import { planDownload } from '../plan/download-plan.ts';
import type { PipelineRun } from '../run/pipeline-run.ts';
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

async function resolveAgain({ ytDlp, job, egress, workDirectory, signal }: PipelineRun): Promise<ResolvedSource> {
  await mkdir(workDirectory, { recursive: true });
  const directory = await mkdtemp(path.join(workDirectory, 'resolve-'));
  return ytDlp.resolve(job.url, { directory, proxyUrl: egress.proxyUrl, signal });
}
