import type { Job, LinkcastEvent } from '@linkcast/contracts';
import type { Database, RetryQueue } from '@linkcast/kit';
import type { Dispatcher } from '../delivery/dispatcher.ts';
import type { GivenUpStore } from '../following/given-up-store.ts';
import type { RequestStore } from '../requests/request-store.ts';
import { isReported } from '../reports/job-end-reporter.ts';
import type { JobEndStore } from '../reports/job-end-store.ts';
import type { StatusBoard } from '../status/status-board.ts';
import type { EventCursor } from './event-cursor.ts';

export interface JobFollowerOptions {
  readonly database: Database;
  readonly cursor: EventCursor;
  readonly requests: RequestStore;
  readonly jobEnds: JobEndStore;
  readonly givenUp: GivenUpStore;
  readonly reader: Pick<RetryQueue, 'wake'>;
  readonly endReporter: { wake(): void };
  readonly givenUpReporter: { wake(): void };
  readonly board: StatusBoard;
  readonly dispatcher: Pick<Dispatcher, 'wake'>;
}

/** An event that changes no request is recorded at most so often: it does no harm when it comes again. */
const RECORD_MS = 1000;

/**
 * Follows yt-app's events. An event may be old, and the bot receives those of all jobs: it only says that a job has changed. So it makes
 * the requests that wait for the job due for reading, and notes an end to be reported, in one transaction with the cursor. It calls nobody itself.
 */
export function createJobFollower(options: JobFollowerOptions) {
  const { database, cursor, requests, jobEnds, givenUp, reader, endReporter, givenUpReporter } = options;
  let recordedAt = -Infinity;

  const record = (eventId: string): void => {
    if (performance.now() - recordedAt < RECORD_MS) return;
    cursor.set(eventId);
    recordedAt = performance.now();
  };
  const follow = (event: LinkcastEvent | undefined, eventId: string): void => {
    const changes = database.transaction(() => {
      const isReadDue = event !== undefined && markDue(event, requests) > 0;
      const isEndNoted = event !== undefined && noteEnd(event, jobEnds);
      const isGivenUp = event !== undefined && noteGivenUp(event, givenUp);
      if (isReadDue || isEndNoted || isGivenUp) cursor.set(eventId);
      return { isReadDue, isEndNoted, isGivenUp };
    })();
    if (changes.isReadDue) reader.wake();
    if (changes.isEndNoted) endReporter.wake();
    if (changes.isGivenUp) givenUpReporter.wake();
    if (!Object.values(changes).includes(true)) record(eventId);
  };
  /** Reads the jobs of all requests again. */
  const reread = (): void => {
    requests.reads.markAll();
    reader.wake();
  };

  return {
    /** Handles an event. Progress has no id. */
    onEvent(event: LinkcastEvent | undefined, id: string | undefined): void {
      if (id !== undefined) follow(event, id);
      else if (event?.name === 'job') showProgress(event.data, options);
      else if (event?.name === 'reset') reread();
    },
    reread,
  };
}

/** Makes the requests that an event concerns due for reading. @returns their number */
function markDue(event: LinkcastEvent, { reads }: RequestStore): number {
  switch (event.name) {
    case 'job':
    case 'job-hidden':
      return reads.markJob(event.data.id);
    case 'reset':
      return reads.markAll();
    default:
      return 0;
  }
}

/** Notes the end of a job that a person has asked for, wherever they did. A child is reported with its parent. @returns false for another event */
function noteEnd(event: LinkcastEvent, jobEnds: JobEndStore): boolean {
  if (event.name !== 'job') return false;
  const { id, parentId, requesterId } = event.data;
  if (requesterId === null || parentId !== null || !isReported(event.data)) return false;
  jobEnds.note(id, requesterId);
  return true;
}

/** Notes a followed list that was paused by itself. @returns false for another event */
function noteGivenUp(event: LinkcastEvent, store: GivenUpStore): boolean {
  if (event.name !== 'following' || event.data.givenUp === null) return false;
  const { id: listId, personId, givenUp } = event.data;
  store.note({ listId, personId, ...givenUp });
  return true;
}

/** Shows the progress of a job to those who have read it and whose next read is not due: it may not exist for them any more. */
function showProgress(job: Job, { requests, board, dispatcher }: JobFollowerOptions): void {
  for (const { id, chatId, dueReads } of requests.watchingJob(job.id)) {
    if (dueReads > 0 || board.visibilityOf(id) !== job.visibility) continue;
    board.setJob(id, job);
    dispatcher.wake(chatId);
  }
}
