import { isEnded, paths, Problem, type Job, type ProblemDocument, type Progress } from '@linkcast/contracts';
import { problemWords } from '@linkcast/texts';
import type { JobProblem } from './job-problem.ts';
import type { JobRecord } from './job-table.ts';

/** A job as the API shows it, with its problem in English. It is playable only while its item is in the library. */
export function jobView(record: JobRecord, progress: Progress | undefined): Job {
  const { state } = record;
  const isPlayable = record.isPlayable && record.isInLibrary;
  return {
    id: record.id,
    parentId: record.parentId,
    children: null,
    state,
    type: record.type,
    url: record.url,
    quality: record.quality,
    title: record.title,
    progress: isEnded(state) ? finalProgress(record) : (progress ?? NO_PROGRESS),
    playable: isPlayable,
    handling: record.handling,
    attempt: record.attempt,
    mediaId: isPlayable ? record.mediaId : null,
    requesterId: record.personId,
    repairs: record.repairs,
    fromItem: record.fromItem,
    visibility: record.visibility,
    links: isPlayable ? linksOf(record) : NO_LINKS,
    damage: isPlayable && state === 'ready' ? record.itemDamage : null,
    problem: state === 'failed' && record.problem ? problemDocument(record.problem) : null,
    retry: retryOf(record),
    live: liveOf(record),
    tried: record.tried ?? [],
    ...timesOf(record),
  };
}

/** The times of a job, in order: the clock may have been set back, and a claim may have waited for its transaction. */
function timesOf({
  createdAt,
  ...times
}: JobRecord): Pick<Job, 'createdAt' | 'startedAt' | 'playableAt' | 'finishedAt'> {
  const startedAt = notBefore(times.startedAt, createdAt);
  const playableAt = notBefore(times.playableAt, startedAt ?? createdAt);
  const finishedAt = notBefore(times.finishedAt, playableAt ?? startedAt ?? createdAt);
  return {
    createdAt: timestamp(createdAt),
    startedAt: timestampOrNull(startedAt),
    playableAt: timestampOrNull(playableAt),
    finishedAt: timestampOrNull(finishedAt),
  };
}

function notBefore(time: number | null, earliest: number): number | null {
  return time === null ? null : Math.max(time, earliest);
}

const NO_PROGRESS: Progress = { ratio: null, bytes: 0, totalBytes: null, bytesPerSecond: null, etaSeconds: null };
const NO_LINKS: Job['links'] = { page: null, hls: null, file: null };

/** The links of a playable item. Its MP3 is whole when the job is ready. */
function linksOf({ state, type, mediaId }: JobRecord): Job['links'] {
  return {
    page: type === 'video' ? paths.watch(mediaId) : paths.listen(mediaId),
    hls: paths.masterPlaylist(mediaId),
    file: state === 'ready' && type === 'audio' ? paths.audioFile(mediaId) : null,
  };
}

/** The next try of a job that waits for it. */
function retryOf({ state, problem, notBefore, retries: count }: JobRecord): Job['retry'] {
  if (state !== 'queued' || !problem) return null;
  return { problem: problemDocument(problem), at: timestamp(notBefore), count };
}

/** The recording of a job that has not ended. */
function liveOf({ state, liveSince, isStopping }: JobRecord): Job['live'] {
  return liveSince === null || isEnded(state) ? null : { since: timestamp(liveSince), isStopping };
}

/** A stored problem in English. */
export function problemDocument({ code, facts }: JobProblem): ProblemDocument {
  const problem = new Problem(code, facts);
  return problem.toDocument(problemWords(problem));
}

function finalProgress({ state, bytes }: JobRecord): Progress {
  if (state !== 'ready') return { ...NO_PROGRESS, bytes };
  return { ratio: 1, bytes, totalBytes: bytes, bytesPerSecond: null, etaSeconds: 0 };
}

/** A time in milliseconds as ISO 8601. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

export function timestampOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : timestamp(milliseconds);
}
