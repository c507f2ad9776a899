import type { Database } from '@linkcast/kit';
import type { MediaRequest } from './media-request.ts';
import type { RequestTable } from './request-table.ts';

/**
 * The reads that requests are due for: their job has changed, and has to be read again for the requester. Each change counts, so that one
 * that comes during a read makes another read due.
 */
export function createRequestReads(database: Database, { select }: Pick<RequestTable, 'select'>) {
  const mark = (where: string, ...values: unknown[]): number =>
    database
      .prepare(`UPDATE requests SET due_reads = due_reads + 1 WHERE state = 'watching' AND ${where}`)
      .run(...values).changes;

  return {
    /** The requests whose job has to be read. */
    due: () => select("state = 'watching' AND due_reads > 0"),
    /** Makes the requests that wait for a job due. @returns their number */
    markJob: (jobId: string): number => mark('job_id = ?', jobId),
    /** Makes all requests that wait for a job due. @returns their number */
    markAll: (): number => mark('TRUE'),
    /** Records that a read has succeeded, unless another change came meanwhile. */
    markDone: ({ id, dueReads }: MediaRequest): void =>
      void database.prepare('UPDATE requests SET due_reads = 0 WHERE id = ? AND due_reads = ?').run(id, dueReads),
  };
}
