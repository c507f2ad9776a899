import { isEnded, paths, Problem, type Job, type ProblemDocument, type Progress } from '@linkcast/contracts';
import { problemWords } from '@linkcast/texts';
import type { JobProblem } from './job-problem.ts';
import type { JobRecord } from './job-table.ts';

/** A job as the API shows it, with its problem in English. It is playable only while its item is in the library. */
export function jobView(record: JobRecord, progress: Progress | undefined, isInLibrary: boolean): Job {
  const { state, type, mediaId } = record;
  const isPlayable = record.isPlayable && isInLibrary;
  const page = type === 'video' ? paths.watch(mediaId) : paths.listen(mediaId);
  return {
    id: record.id,
    state,
    type,
    url: record.url,
    quality: record.quality,
    title: record.title,
    progress: isEnded(state) ? finalProgress(record) : (progress ?? NO_PROGRESS),
    playable: isPlayable,
    handling: record.handling,
    attempt: record.attempt,
    mediaId: isPlayable ? mediaId : null,
    links: {
      page: isPlayable ? page : null,
      hls: isPlayable ? paths.masterPlaylist(mediaId) : null,
      file: state === 'ready' && isPlayable && type === 'audio' ? paths.audioFile(mediaId) : null,
    },
    problem: record.problem && problemDocument(record.problem),
    createdAt: timestamp(record.createdAt),
    startedAt: record.startedAt === null ? null : timestamp(record.startedAt),
    playableAt: record.playableAt === null ? null : timestamp(record.playableAt),
    finishedAt: record.finishedAt === null ? null : timestamp(record.finishedAt),
  };
}

const NO_PROGRESS: Progress = { ratio: null, bytes: 0, totalBytes: null, bytesPerSecond: null, etaSeconds: null };

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
