import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mediaMarker, parseProxyAddress, type Probe, type WorkCookies, type WorkWay } from '@linkcast/contracts';
import { createLogger, detectSandbox } from '@linkcast/kit';
import { programsOf, startEgress } from '@linkcast/testing';
import { createEgressFetch } from '../../src/egress/egress-fetch.ts';
import { openJobEgress } from '../../src/egress/job-egress.ts';
import { createJobTickets } from '../../src/egress/job-tickets.ts';
import { createFfmpeg } from '../../src/pipeline/programs/ffmpeg/ffmpeg.ts';
import { createItemDecoder, type DecodeItem } from '../../src/pipeline/item-decoder.ts';
import { createJobPipeline, type RunJobPipeline } from '../../src/pipeline/job-pipeline.ts';
import type { PipelineReporter } from '../../src/pipeline/run/pipeline-reporter.ts';
import type { PipelineJob } from '../../src/pipeline/run/pipeline-run.ts';
import { createStorageGuard } from '../../src/pipeline/limits/storage-guard.ts';
import { createYtDlp, type YtDlp } from '../../src/pipeline/programs/ytdlp.ts';
import { createSourceProbe } from '../../src/pipeline/source-probe.ts';
import type { SourceInfo } from '../../src/pipeline/source/source-info.ts';

const TOOLS = path.resolve(import.meta.dirname, '../../../.tools');

export type RigJob = Pick<PipelineJob, 'id' | 'mediaId' | 'url' | 'type' | 'quality' | 'nameSuffix'> &
  Partial<Pick<PipelineJob, 'fence' | 'isPlayable' | 'title' | 'live' | 'cookies' | 'sponsorBlock'>> & {
    /** The ways of the host; `proxy`: as a profile has it. Default: none. */
    readonly ways?: readonly (Partial<WorkWay> & { readonly name: string; readonly proxy?: string })[];
  };
const WAY = { cookies: false, extractorArguments: {}, formats: 'any', requestGap: 0, attempts: 1 } as const;
type RunArguments = [reporter: PipelineReporter, signal: AbortSignal, enough?: AbortSignal];

export interface PipelineRig {
  readonly mediaDir: string;
  /** Runs a job, within the limits of the rig. */
  run(job: RigJob, ...rest: RunArguments): ReturnType<RunJobPipeline>;
  /** Decodes a published item, without a rest. */
  readonly decode: DecodeItem;
  /** Describes a link by the ways of its host. */
  probe(
    job: Pick<RigJob, 'id' | 'url' | 'ways' | 'cookies'>,
    onCookies: (cookies: WorkCookies) => void,
  ): Promise<Probe>;
  readonly ytDlp: YtDlp;
  /** The egress proxy, for downloads outside of a job. */
  readonly proxyUrl: string;
  /** Fetches a small file as the pipeline fetches a thumbnail. */
  fetchBytes(url: string): Promise<unknown>;
  /** Command lines of the programs that run for this rig. */
  programs(): Promise<string[]>;
  close(): Promise<void>;
}

/** The real pipeline with the real egress proxy, in a temporary folder. */
export async function createPipelineRig(options: {
  allow: readonly string[];
  limits?: { maxHeight?: number; maxDurationSeconds?: number; maxBytes?: number; maxLiveSeconds?: number };
  stallSeconds?: number;
  /** Changes what yt-dlp says of a source: another site, for example. */
  asSource?: (info: SourceInfo) => SourceInfo;
}): Promise<PipelineRig> {
  const mediaDir = await mkdtemp(path.join(tmpdir(), 'linkcast-pipeline-'));
  await writeFile(path.join(mediaDir, mediaMarker), '');
  const logger = createLogger({ service: 'test', level: process.env['LOG'] ?? 'fatal' });
  const proxy = await startEgress({ ALLOW_PRIVATE_SOURCES: options.allow.join(',') });
  const limits = {
    maxHeight: 1080,
    maxDurationSeconds: 6 * 3600,
    maxBytes: 8e9,
    maxLiveSeconds: 3600,
    ...options.limits,
  };
  const tickets = createJobTickets({
    egressUrl: proxy.url,
    key: proxy.key,
    maxBytes: limits.maxBytes,
    readName: () => Promise.resolve(null),
  });
  const stallSeconds = options.stallSeconds ?? 10;
  const sandbox = await detectSandbox();
  const ytDlp = createYtDlp({
    file: path.join(TOOLS, 'bin/yt-dlp'),
    denoFile: path.join(TOOLS, 'bin/deno'),
    denoDir: path.join(TOOLS, 'deno'),
    owner: mediaDir,
    sandbox,
    stallSeconds,
  });
  const ffmpeg = createFfmpeg({ owner: mediaDir, sandbox });
  const { asSource = (info: SourceInfo) => info } = options;
  const run = createJobPipeline({
    ytDlp: {
      ...ytDlp,
      resolve: async (...question) => {
        const resolved = await ytDlp.resolve(...question);
        return { ...resolved, info: asSource(resolved.info) };
      },
    },
    ffmpeg,
    openEgress: openJobEgress,
    storage: createStorageGuard(mediaDir, 0.99),
    mediaDir,
    stallSeconds,
    logger,
  });
  const proxyUrl = proxy.proxyUrl('outside-of-jobs');
  const routesOf = async ({ id, ways: given = [] }: Pick<RigJob, 'id' | 'ways'>) => {
    const issue = (proxy?: string) => tickets.issue(id, 3_600_000, proxy ? parseProxyAddress(proxy) : undefined);
    const ways = given.map(async ({ proxy, ...way }) => ({ ...WAY, ...way, proxyUrl: await issue(proxy) }));
    return { proxyUrl: await issue(), ways: await Promise.all(ways) };
  };
  return {
    mediaDir,
    run: async (job, ...rest) =>
      run({ isPlayable: false, ...job, fence: job.fence ?? 1, limits, ...(await routesOf(job)) }, ...rest),
    probe: async ({ url, cookies, ...job }, onCookies) => {
      const link = { url, maxEntries: 10, cookies, ...(await routesOf(job)) };
      return createSourceProbe(ytDlp)(link, { signal: AbortSignal.timeout(60_000), onCookies, logger });
    },
    decode: createItemDecoder({ ffmpeg, mediaDir, rest: () => Promise.resolve() }),
    ytDlp,
    proxyUrl,
    fetchBytes: (url) => createEgressFetch(proxyUrl)(url, { maxBytes: 1e6, timeoutMs: 10_000 }),
    programs: () => programsOf(mediaDir),
    close: async () => {
      await proxy.close();
      await rm(mediaDir, { recursive: true, force: true });
    },
  };
}
