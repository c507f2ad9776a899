import type { EgressUsage } from '@linkcast/contracts';
import type { ReadTicket } from '@linkcast/kit';
import type { Socket } from 'node:net';
import { Refusal } from '../http/refusal.ts';

/** The traffic of one job, over all its connections. */
export interface JobAccount {
  /** Counts a connection as the job's until it closes. @throws {Refusal} when the job has too many. */
  attach(client: Socket): void;
  /** Counts bytes received from a source. Closes all connections of the job when they exceed its limit. */
  receive(bytes: number): void;
  recordRefusal(host: string): void;
}

/** The traffic and the refusals of each job, in memory only, until the job's ticket expires. */
export interface JobLedger {
  /** @throws {Refusal} when the job is over its limit, or there are too many jobs. */
  open(ticket: ReadTicket): JobAccount;
  usage(ticket: ReadTicket): EgressUsage;
  stop(): void;
}

export interface JobLedgerOptions {
  /** Most jobs at once. Default 10,000. */
  readonly maxJobs?: number;
  /** Most open connections of one job. Default 64. */
  readonly maxConnections?: number;
}

interface JobRecord {
  bytes: number;
  refusedHost: string | null;
  /** The limit and the time of the ticket that expires last. */
  maxBytes: number;
  expiresAt: number;
  expiry: NodeJS.Timeout;
  readonly connections: Set<Socket>;
}

/** The longest delay of `setTimeout`. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export function createJobLedger({ maxJobs = 10_000, maxConnections = 64 }: JobLedgerOptions = {}): JobLedger {
  const jobs = new Map<string, JobRecord>();

  const expire = (jobId: string, job: JobRecord): void => {
    if (Date.now() < job.expiresAt) {
      watchExpiry(jobId, job); // longer than one timer
      return;
    }
    jobs.delete(jobId);
    closeConnections(job);
  };
  const watchExpiry = (jobId: string, job: JobRecord): void => {
    clearTimeout(job.expiry);
    job.expiry = setTimeout(expire, Math.min(job.expiresAt - Date.now(), MAX_TIMER_MS), jobId, job).unref();
  };
  const findOrAdd = ({ jobId, maxBytes, expiresAt }: ReadTicket): JobRecord => {
    const present = jobs.get(jobId);
    if (present && present.expiresAt >= expiresAt) return present;
    if (!present && jobs.size >= maxJobs) throw new Refusal('too-many-connections');
    const job = present ?? newRecord();
    Object.assign(job, { maxBytes, expiresAt });
    jobs.set(jobId, job);
    watchExpiry(jobId, job);
    return job;
  };

  return {
    open(ticket) {
      const job = findOrAdd(ticket);
      if (job.bytes > job.maxBytes) throw new Refusal('over-limit');
      return accountOf(job, maxConnections);
    },
    usage({ jobId }) {
      const { bytes, refusedHost, maxBytes } = jobs.get(jobId) ?? { bytes: 0, refusedHost: null, maxBytes: 0 };
      return { bytes, refusedHost, isOverLimit: bytes > maxBytes };
    },
    stop() {
      for (const job of jobs.values()) {
        clearTimeout(job.expiry);
        closeConnections(job);
      }
    },
  };
}

function newRecord(): JobRecord {
  const expiry = setTimeout(() => undefined, 0); // replaced at once
  return { bytes: 0, refusedHost: null, maxBytes: 0, expiresAt: 0, expiry, connections: new Set() };
}

function accountOf(job: JobRecord, maxConnections: number): JobAccount {
  return {
    attach(client) {
      if (job.connections.size >= maxConnections) throw new Refusal('too-many-connections');
      job.connections.add(client);
      client.once('close', () => job.connections.delete(client));
    },
    receive(bytes) {
      job.bytes += bytes;
      if (job.bytes > job.maxBytes) closeConnections(job);
    },
    recordRefusal: (host) => void (job.refusedHost = host),
  };
}

function closeConnections({ connections }: JobRecord): void {
  for (const client of connections) client.resetAndDestroy();
}
