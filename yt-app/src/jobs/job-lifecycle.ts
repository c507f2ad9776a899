import type { JobState } from '@linkcast/contracts';
import type { JobRecord } from './job-table.ts';

/** Fields of a job and their new values. */
export type JobChange = Partial<JobRecord>;

/** The ways by which a worker has tried to reach the source, where its host has a profile. */
type Tried = Partial<Pick<JobRecord, 'tried'>>;

/** The events in the life of a job, each with the fields that it writes. */
interface EventFields {
  /** A worker has taken the job. The store counts it as an attempt, and as a claim. The item of a job that is playable stays the same. */
  claimed: Pick<JobRecord, 'worker' | 'instance' | 'mediaId' | 'startedAt' | 'claimedAt'>;
  /** The source has named itself. */
  resolved: Pick<JobRecord, 'title' | 'extractor' | 'sourceId' | 'liveSince'> & Tried;
  /** The library has an item of the same source already: the job is ready with that one. */
  adopted: Pick<JobRecord, 'mediaId' | 'handling' | 'bytes' | 'isPlayable' | 'playableAt' | 'finishedAt'>;
  downloading: unknown;
  converting: unknown;
  verifying: unknown;
  /** The item can be played while the job continues. */
  playable: Pick<JobRecord, 'handling' | 'isPlayable' | 'playableAt'>;
  /** The item is whole and verified. */
  completed: Pick<JobRecord, 'handling' | 'bytes' | 'isPlayable' | 'finishedAt'>;
  /** The item was completed, but its worker vanished before it could report that. */
  recovered: Pick<JobRecord, 'handling' | 'bytes' | 'isPlayable' | 'finishedAt'>;
  /** The new files are those of the damaged item. */
  repaired: Pick<JobRecord, 'mediaId' | 'handling' | 'bytes' | 'isPlayable' | 'playableAt' | 'finishedAt'>;
  failed: Pick<JobRecord, 'problem' | 'finishedAt'> & Tried;
  cancelled: Pick<JobRecord, 'finishedAt'>;
  /** The worker vanished or has stopped: another one takes the job. What can be played of its item stays. */
  requeued: Pick<JobRecord, 'attempt'>;
  /** The job failed for a reason that passes: it is tried again at a later time. */
  postponed: Pick<JobRecord, 'attempt' | 'retries' | 'problem' | 'notBefore'> & Tried;
  /** The host of the queued job asks for fewer requests: it waits, like the job that the host has refused. */
  rested: Pick<JobRecord, 'problem' | 'notBefore'>;
  /** A person wants no more of the live source. */
  stopping: Pick<JobRecord, 'isStopping'>;
  /** The queued job is not to wait any longer. */
  due: unknown;
  /** A person wants a job that has failed or was cancelled to run again, as a new item. */
  retried: Pick<JobRecord, 'mediaId' | 'submittedAt'>;
}

export type JobEventType = keyof EventFields;
/** An event, with the values of the fields that it writes. */
export type JobEvent = { [Type in JobEventType]: { readonly type: Type } & EventFields[Type] }[JobEventType];

/** An event as it is stored: a job is new, or an event has come to it. */
export type StoredEvent = JobEvent | { readonly type: 'queued' };

interface Transition {
  readonly from: readonly JobState[];
  readonly to: JobState | 'same';
  /** Fields that the event sets back. */
  readonly resets?: JobChange;
}

/** The states in which a worker has a lease on a job. */
export const LEASED_STATES = ['resolving', 'downloading', 'converting', 'verifying'] as const satisfies JobState[];

const NOT_PLAYABLE = { isPlayable: false, playableAt: null, handling: null } as const;
const NOT_WAITING = { notBefore: 0, problem: null } as const;

/**
 * The effect of each event, and the states in which it may come. A worker's report may come twice, when the answer to the first was
 * lost: `downloading`, `converting` and `verifying` may follow themselves.
 */
const TRANSITIONS: Readonly<Record<JobEventType, Transition>> = {
  claimed: { from: ['queued'], to: 'resolving', resets: { priority: 0, tried: null, ...NOT_WAITING } },
  resolved: { from: ['resolving'], to: 'same' },
  adopted: { from: ['resolving'], to: 'ready' },
  downloading: { from: ['resolving', 'downloading'], to: 'downloading' },
  converting: { from: ['downloading', 'converting'], to: 'converting' },
  verifying: { from: ['downloading', 'converting', 'verifying'], to: 'verifying' },
  playable: { from: ['downloading', 'converting', 'verifying'], to: 'same' },
  completed: { from: ['verifying'], to: 'ready' },
  recovered: { from: LEASED_STATES, to: 'ready' },
  repaired: { from: ['verifying'], to: 'ready' },
  failed: { from: LEASED_STATES, to: 'failed', resets: NOT_PLAYABLE },
  cancelled: { from: ['queued', ...LEASED_STATES], to: 'cancelled', resets: { ...NOT_PLAYABLE, ...NOT_WAITING } },
  requeued: { from: LEASED_STATES, to: 'queued', resets: { startedAt: null } },
  postponed: { from: LEASED_STATES, to: 'queued', resets: { ...NOT_PLAYABLE, startedAt: null } },
  rested: { from: ['queued'], to: 'same' },
  stopping: { from: ['queued', ...LEASED_STATES], to: 'same', resets: { notBefore: 0 } },
  due: { from: ['queued'], to: 'same', resets: NOT_WAITING },
  retried: {
    from: ['failed', 'cancelled'],
    to: 'queued',
    resets: {
      ...{ attempt: 0, retries: 0, bytes: 0, startedAt: null, finishedAt: null },
      ...{ liveSince: null, isStopping: false, ...NOT_WAITING },
    },
  },
};

/** Reports whether an event may come in a state. */
export function mayHappen(type: JobEventType, state: JobState): boolean {
  return TRANSITIONS[type].from.includes(state);
}

/** The fields that an event writes into a job of this state; undefined when it may not come in it. */
export function transition(state: JobState, { type, ...fields }: JobEvent): JobChange | undefined {
  if (!mayHappen(type, state)) return undefined;
  const { to, resets } = TRANSITIONS[type];
  return { ...resets, ...fields, state: to === 'same' ? state : to };
}
