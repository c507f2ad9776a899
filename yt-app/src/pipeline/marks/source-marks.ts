import { createHash } from 'node:crypto';
import { markCategories, type Mark, type SourceFacts } from '@linkcast/contracts';
import { pause } from '@linkcast/kit';
import type { PipelineRun } from '../run/pipeline-run.ts';
import { parseMarks } from './parsed-marks.ts';

/** The extractor and the form of the ids that SponsorBlock knows. */
const EXTRACTOR = 'Youtube';
const VIDEO_ID = /^[\w-]{11}$/;
/** An answer has about 50 kB. */
const MAX_BYTES = 1e6;
/** Digits of the hash that the server gets: 65,536 groups, so it does not learn which video it is. */
const PREFIX_DIGITS = 4;

const LIMIT_MS = 5000;
/** From an answer that says that the server is busy or broken to the second attempt. */
const RETRY_AFTER_MS = 3000;

type MarksRun = {
  readonly job: Pick<PipelineRun['job'], 'sponsorBlock'>;
  readonly egress: Pick<PipelineRun['egress'], 'fetchBytes'>;
} & Pick<PipelineRun, 'signal' | 'logger'>;

/**
 * Asks SponsorBlock for the marks of a source, through the egress of the job. Nothing is asked of it where the installation does not want
 * it, or about what is not a video of YouTube.
 *
 * @returns none when there are none, or no proper answer in time: the item does not need them. Never rejects.
 */
export async function readMarks(run: MarksRun, facts: SourceFacts): Promise<Mark[]> {
  const { sponsorBlock: server } = run.job;
  const { extractor, sourceId, durationSeconds } = facts;
  if (server === undefined || extractor !== EXTRACTOR || durationSeconds === null) return [];
  if (sourceId === null || !VIDEO_ID.test(sourceId)) return [];
  const url = queryUrl(server, sourceId);
  try {
    const answer = (await fetchAnswer(run, url)) ?? (await repeat(run, url));
    return parseMarks(answer ?? '', sourceId, durationSeconds);
  } catch (error) {
    if (!run.signal.aborted) run.logger.warn({ err: error }, 'marks not read');
    return [];
  }
}

function queryUrl(server: string, videoId: string): string {
  const prefix = createHash('sha256').update(videoId).digest('hex').slice(0, PREFIX_DIGITS);
  const query = new URLSearchParams({
    service: 'YouTube',
    categories: JSON.stringify(markCategories),
    actionTypes: JSON.stringify(['skip']),
  });
  return `${server}/api/skipSegments/${prefix}?${query.toString()}`;
}

async function repeat(run: MarksRun, url: string): Promise<string | undefined> {
  await pause(RETRY_AFTER_MS, run.signal);
  run.signal.throwIfAborted();
  return fetchAnswer(run, url);
}

/** @returns an empty text when there are no marks; undefined when it is worth a second attempt. */
async function fetchAnswer({ egress, signal, logger }: MarksRun, url: string): Promise<string | undefined> {
  const { status, body, isWhole } = await egress.fetchBytes(url, { maxBytes: MAX_BYTES, timeoutMs: LIMIT_MS, signal });
  if (status === 200 && isWhole) return body.toString('utf8');
  if (status === 429 || status >= 500) return undefined;
  if (status !== 404) logger.warn({ status, isWhole }, 'marks not read');
  return '';
}
