import type { Logger } from '@linkcast/kit';
import type { StoredEvent } from './job-lifecycle.ts';
import type { JobListener } from './job-store.ts';
import type { JobRecord } from './job-table.ts';

type EventType = StoredEvent['type'];
type Facts = Readonly<Record<string, unknown>>;

/** The message of each event, the same wherever it occurs. */
const MESSAGES: Readonly<Record<EventType, string>> = {
  queued: 'job queued',
  claimed: 'job claimed',
  resolved: 'job resolved',
  adopted: 'job ready',
  downloading: 'job downloading',
  converting: 'job converting',
  verifying: 'job verifying',
  playable: 'job playable',
  completed: 'job ready',
  recovered: 'job ready',
  repaired: 'job ready',
  failed: 'job failed',
  cancelled: 'job cancelled',
  requeued: 'job queued again',
  postponed: 'job postponed',
  rested: 'job postponed',
  due: 'job due',
  stopping: 'recording stopped',
  retried: 'job retried',
};

const problemOf = ({ problem }: JobRecord): Facts => ({ problem: problem?.code });
const itemOf = ({ handling, bytes }: JobRecord): Facts => ({ handling, bytes });

const waitOf = (job: JobRecord): Facts => ({ ...problemOf(job), retries: job.retries, notBefore: job.notBefore });

/** The facts of an event, besides the ids. */
const FACTS: Readonly<Partial<Record<EventType, (job: JobRecord) => Facts>>> = {
  queued: ({ type, personId, parentId }) => ({ type, personId, ...(parentId !== null && { parentId }) }),
  claimed: ({ type, attempt, worker }) => ({ type, attempt, worker }),
  resolved: ({ extractor }) => ({ extractor }),
  adopted: (job) => ({ ...itemOf(job), isAdopted: true }),
  playable: ({ handling }) => ({ handling }),
  completed: itemOf,
  recovered: itemOf,
  repaired: (job) => ({ ...itemOf(job), repairs: job.repairs }),
  failed: problemOf,
  requeued: ({ attempt }) => ({ attempt }),
  postponed: waitOf,
  rested: waitOf,
};

/** Events of a job that has no item yet, or will get another one. */
const WITHOUT_ITEM: readonly EventType[] = ['queued', 'rested', 'due', 'retried'];

/**
 * Logs one line for each event in the life of a job, with the id of the job and, from its first claim on, that of the item. A report that
 * comes twice changes no state, and has no second line.
 */
export function createJobTrail(logger: Pick<Logger, 'info' | 'warn' | 'error'>): JobListener {
  return (job, { type }, before) => {
    if (type === before?.state || (type === 'playable' && before?.isPlayable)) return;
    const hasItem = job.fence > 0 && !WITHOUT_ITEM.includes(type);
    const ids = { jobId: job.id, ...(hasItem && { mediaId: job.mediaId }) };
    logger[levelOf(job, type)]({ ...ids, ...FACTS[type]?.(job) }, MESSAGES[type]);
  };
}

function levelOf({ problem }: JobRecord, type: EventType): 'info' | 'warn' | 'error' {
  if (type === 'failed') return problem?.code === 'internal' ? 'error' : 'warn';
  return type === 'requeued' || (type === 'postponed' && problem !== null) ? 'warn' : 'info';
}
