import { computed, signal } from '@preact/signals';
import { isEnded, type ApiClient, type Job, type JobRequest, type PlaylistChoice } from '@linkcast/contracts';
import type { SentenceOf } from '../format/failure-sentence.ts';
import { newestFirst, withJobPage } from './job-list.ts';
import type { LoadPhase } from './library/library-store.ts';

const PAGE_SIZE = 50;

/** The jobs, newest first, kept up to date by events. */
export function createJobListStore(
  api: Pick<ApiClient, 'listJobs' | 'getJob' | 'createJob' | 'cancelJob' | 'stopJob' | 'retryJob' | 'probe'>,
  sentenceOf: SentenceOf,
) {
  const jobs = signal<ReadonlyMap<string, Job>>(new Map());
  const nextCursor = signal<string | null>(null);
  const phase = signal<LoadPhase>('loading');
  const failure = signal('');
  /** Ids of the jobs that were sent from this page and not dismissed. */
  const sentHere = signal<ReadonlySet<string>>(new Set());
  const requestedIds = new Set<string>();

  const put = (job: Job) => (jobs.value = new Map(jobs.value).set(job.id, job));

  async function read(cursor: string | null): Promise<void> {
    try {
      const page = await api.listJobs({ limit: PAGE_SIZE, ...(cursor !== null && { cursor }) });
      jobs.value = withJobPage(jobs.value, page.jobs);
      nextCursor.value = page.nextCursor;
      phase.value = 'ready';
    } catch (error) {
      failure.value = sentenceOf(error);
      phase.value = 'failed';
    }
  }

  /** Children come by events, too; their parent stands for them. */
  const newest = computed(() => newestFirst(jobs.value).filter(({ parentId }) => parentId === null));
  return {
    jobs,
    newest,
    unfinished: computed(() => newest.value.filter(({ state }) => !isEnded(state))),
    nextCursor,
    phase,
    failure,
    sentHere,
    put,
    remove: (id: string) => void (jobs.value = new Map([...jobs.value].filter(([other]) => other !== id))),
    /** Removes all jobs, for a caller without the right to see them. */
    forget: () => {
      jobs.value = new Map();
      sentHere.value = new Set();
      requestedIds.clear();
    },
    load: () => read(null),
    loadMore: () => read(nextCursor.value),
    /** Reads a job that is in no page read so far, once. */
    ensure: async (id: string) => {
      if (requestedIds.has(id) || jobs.value.has(id)) return;
      requestedIds.add(id);
      put(await api.getJob(id));
    },
    /** Reads what a link offers. */
    probe: (url: string, signal: AbortSignal) => api.probe(url, signal),
    /** @param playlist the choice for a link that is a list. @throws {Problem} playlist-choice for `ask` and a list. */
    send: async (request: JobRequest, playlist: PlaylistChoice) => {
      const job = await api.createJob(request, { playlist });
      put(job);
      sentHere.value = new Set(sentHere.value).add(job.id);
      return job;
    },
    dismiss: (id: string) => {
      sentHere.value = new Set([...sentHere.value].filter((sent) => sent !== id));
    },
    cancel: async (id: string) => put(await api.cancelJob(id)),
    /** Ends the recording of a live source; what was recorded is kept. */
    stop: async (id: string) => put(await api.stopJob(id)),
    retry: async (id: string) => put(await api.retryJob(id)),
  };
}
