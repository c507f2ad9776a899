import { isProblem, type Problem, type ProblemType, type SourceListing } from '@linkcast/contracts';
import { toJobProblem, type JobProblem } from '../jobs/job-problem.ts';
import type { JobService } from '../jobs/job-service.ts';
import { decideEntries, toEntry, type WantedVideo } from './entry-decision.ts';
import type { EntryStore } from './entry-store.ts';
import type { StoredList } from './followed-table.ts';
import { listVideos } from './list-videos.ts';

/** The result of a check for the new videos of a list. */
export interface FoundVideos {
  /** The number of new jobs. */
  readonly submitted: number;
  /** The number of videos for which there was no room, and the reason. */
  readonly refused: number;
  readonly problem: JobProblem | null;
}

/** Fetches what is new in a list. */
export interface NewVideos {
  /**
   * Compares the list with what is known of it, and submits jobs for what is new, as one parent job in the name of the person. Within a
   * transaction.
   *
   * @param last of the first check: the number of the newest videos that are wanted.
   */
  fetch(list: StoredList, listing: SourceListing, now: number, last?: number): Promise<FoundVideos>;
}

export interface NewVideosOptions {
  readonly entries: EntryStore;
  readonly jobs: Pick<JobService, 'submitGroup'>;
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
}

interface Submitted {
  readonly count: number;
  readonly problem: Problem | undefined;
}

/** The refusals that pass: the videos wait for the next check. */
const PASSING: readonly ProblemType[] = [
  'over-limit',
  'queue-full',
  'storage-full',
  'storage-read-only',
  'media-missing',
  'downloader-unavailable',
];

export function createNewVideos({ entries, jobs, allowPrivate }: NewVideosOptions): NewVideos {
  const submit = async (list: StoredList, videos: readonly WantedVideo[]): Promise<void> => {
    const { url, title, type, quality, visibility, personId } = list;
    const children = videos.map((video) => ({ url: video.url, title: video.title }));
    await jobs.submitGroup({ url, title, type, quality, visibility, personId, children, isContinuation: true });
  };
  /** Submits as many of the videos as there is room for, the oldest first. */
  const submitSome = async (list: StoredList, videos: readonly WantedVideo[]): Promise<Submitted> => {
    let problem: Problem | undefined;
    let count = videos.length;
    while (count > 0) {
      try {
        await submit(list, videos.slice(0, count));
        break;
      } catch (error) {
        if (!isProblem(error) || !PASSING.includes(error.code)) throw error;
        problem = error;
        count = Math.min(count - 1, roomOf(error));
      }
    }
    return { count, problem };
  };

  return {
    async fetch(list, listing, now, last) {
      const known = await entries.of(list.id);
      const videos = listVideos(listing, now, allowPrivate);
      const decision = decideEntries({ list, videos, hasMore: listing.hasMore, known, last, now });
      const { count, problem } = await submitSome(list, decision.wanted);
      const refused = decision.wanted.slice(count);
      await entries.remove(list.id, decision.forgotten);
      await entries.save(list.id, [
        ...decision.remembered,
        ...decision.wanted.slice(0, count).map((video) => toEntry(video, 'known', now)),
        ...refused.map((video, index) => toEntry(video, 'refused', now, index)),
      ]);
      await entries.prune(list.id);
      return { submitted: count, refused: refused.length, problem: problem ? toJobProblem(problem) : null };
    },
  };
}

/** The number of jobs that a refusal leaves room for. */
function roomOf({ facts: { overLimit } }: Problem): number {
  if (!overLimit || overLimit.which === 'storageBytes') return 0;
  return Math.max(0, overLimit.limit - overLimit.used);
}
