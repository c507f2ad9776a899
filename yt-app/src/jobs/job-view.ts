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
    visibility: record.visibility,
    links: isPlayable ? linksOf(record) : NO_LINKS,
    problem: record.problem && problemDocument(record.problem),
    createdAt: timestamp(record.createdAt),
    startedAt: timestampOrNull(record.startedAt),
    playableAt: timestampOrNull(record.playableAt),
    finishedAt: timestampOrNull(record.finishedAt),
  };
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

function problemDocument({ code, facts }: JobProblem): ProblemDocument {
  const problem = new Problem(code, facts);
  return problem.toDocument(problemWords(problem));
}

function finalProgress({ state, bytes }: JobRecord): Progress {
  if (state !== 'ready') return { ...NO_PROGRESS, bytes };
  return { ratio: 1, bytes, totalBytes: bytes, bytesPerSecond: null, etaSeconds: 0 };
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function timestampOrNull(milliseconds: number | null): string | null {
  return milliseconds === null ? null : timestamp(milliseconds);
}
