import {
  Problem,
  type EgressUpstream,
  type LeaseAnswer,
  type Probe,
  type ProbeWork,
  type SourceListing,
  type WorkClaim,
  type WorkReport,
} from '@linkcast/contracts';
import type { CheckedLink } from '../jobs/submission/link-reads.ts';
import type { SourceWays } from '../profiles/source-ways.ts';
import { randomId } from '../random-id.ts';
import { createLease, type Lease } from './leases/lease.ts';
import { problemOf } from './reports/reported-problem.ts';
import type { WaitingClaims } from './waiting-claims.ts';

/** Gives probes to workers. They are kept in memory: the requests that wait for them end with the process too. */
export interface ProbeDispatcher {
  /**
   * Describes what a link offers, without downloading it. Rejects with the signal's reason, with the problem that the worker
   * reports, or with `downloader-unavailable` when no worker has answered in time.
   */
  probe(link: CheckedLink, signal: AbortSignal): Promise<Probe>;
  /** Reads the list behind a link, as followers need it. Rejects in the same way. */
  list(link: CheckedLink, signal: AbortSignal): Promise<SourceListing>;
  claim(claim: WorkClaim): Promise<ProbeWork | undefined>;
  /** @throws {Problem} lease-lost. */
  lease(id: string, fence: number): Lease;
  /** @throws {Problem} lease-lost. */
  report(id: string, fence: number, report: WorkReport): Promise<LeaseAnswer>;
  has(id: string): boolean;
}

export interface ProbeDispatcherOptions {
  /** The egress proxy's URL for one claim, with its credentials; `upstream`: the outbound proxy behind it. */
  readonly proxyUrlFor: (claimId: string, upstream?: EgressUpstream) => Promise<string>;
  readonly ways: Pick<SourceWays, 'of' | 'takeCookies'>;
  readonly waiting: WaitingClaims;
  /** The most videos of a list that are named. */
  readonly maxPlaylist: number;
}

type Answer = Extract<WorkReport, { type: 'probed' | 'listed' }>;

interface PendingProbe {
  readonly link: CheckedLink;
  readonly purpose: ProbeWork['purpose'];
  fence: number;
  lease: Lease | undefined;
  readonly answer: PromiseWithResolvers<Answer>;
}

/** The answer to each purpose. */
const ANSWERS = { describe: 'probed', list: 'listed' } as const satisfies Record<ProbeWork['purpose'], Answer['type']>;

/** Lifetime of a probe and of its ticket: more than a resolve may take (90 s), and the wait for a worker. */
export const PROBE_LIMIT_MS = 120_000;
/** A worker that runs takes a probe at once: after this time without one, there is none. */
const CLAIM_LIMIT_MS = 5000;

export function createProbeDispatcher(options: ProbeDispatcherOptions): ProbeDispatcher {
  const pending = new Map<string, PendingProbe>();
  const ask: Ask = (question, signal) => waitForAnswer(question, { pending, waiting: options.waiting }, signal);

  const need = (id: string, fence: number): { probe: PendingProbe; lease: Lease } => {
    const probe = pending.get(id);
    if (!probe?.lease || probe.lease.fence !== fence) throw new Problem('lease-lost');
    return { probe, lease: probe.lease };
  };
  const release = (probe: PendingProbe): void => {
    probe.lease?.end();
    probe.lease = undefined;
    options.waiting.wake('probe');
  };

  return {
    async probe(link, signal) {
      const answer = await ask({ link, purpose: 'describe' }, signal);
      if (answer.type !== 'probed') throw new Error('a probe was answered with a list');
      return answer.probe;
    },
    async list(link, signal) {
      const answer = await ask({ link, purpose: 'list' }, signal);
      if (answer.type !== 'listed') throw new Error('a list was answered with a probe');
      return answer.listing;
    },
    async claim({ worker, instance }) {
      const [id, probe] = [...pending].find(([, { lease }]) => lease === undefined) ?? [];
      if (id === undefined || probe === undefined) return undefined;
      probe.fence += 1;
      const { link, purpose, fence } = probe;
      probe.lease = createLease({ id, fence, worker, instance, onExpired: () => release(probe) });
      const claimId = `${id}.${fence}`;
      const proxyUrl = await options.proxyUrlFor(claimId);
      const found = await options.ways.of(link, (upstream) => options.proxyUrlFor(claimId, upstream));
      return { kind: 'probe', id, fence, url: link.url, proxyUrl, ...found, maxEntries: options.maxPlaylist, purpose };
    },
    lease: (id, fence) => need(id, fence).lease,
    async report(id, fence, report) {
      const { probe, lease } = need(id, fence);
      if (report.type === ANSWERS[probe.purpose]) probe.answer.resolve(report);
      else if (report.type === 'failed') probe.answer.reject(problemOf(report.problem));
      else if (report.type === 'stopped') release(probe);
      else if (report.type === 'cookies') await options.ways.takeCookies(probe.link, report.cookies);
      else throw new Problem('lease-lost');
      return { isWanted: lease.isWanted };
    },
    has: (id) => pending.has(id),
  };
}

type Question = Pick<PendingProbe, 'link' | 'purpose'>;
type Ask = (question: Question, signal: AbortSignal) => Promise<Answer>;

interface OpenProbes {
  readonly pending: Map<string, PendingProbe>;
  readonly waiting: Pick<WaitingClaims, 'wake'>;
}

/** Queues a probe, and waits for the answer of the worker that takes it. */
async function waitForAnswer(
  question: Question,
  { pending, waiting }: OpenProbes,
  signal: AbortSignal,
): Promise<Answer> {
  const id = `probe-${randomId()}`;
  const probe: PendingProbe = { ...question, fence: 0, lease: undefined, answer: Promise.withResolvers<Answer>() };
  const late = AbortSignal.timeout(PROBE_LIMIT_MS);
  const stop = (): void =>
    probe.answer.reject(signal.aborted ? (signal.reason as Error) : new Problem('downloader-unavailable')); // signals of requests have errors
  const stopped = AbortSignal.any([signal, late]);
  stopped.addEventListener('abort', stop, { once: true });
  if (stopped.aborted) stop();
  const unclaimed = setTimeout(() => {
    if (probe.fence === 0) probe.answer.reject(new Problem('downloader-unavailable'));
  }, CLAIM_LIMIT_MS);
  pending.set(id, probe);
  waiting.wake('probe');
  try {
    return await probe.answer.promise;
  } finally {
    clearTimeout(unclaimed);
    probe.lease?.revoke();
    probe.lease?.end();
    pending.delete(id);
  }
}
