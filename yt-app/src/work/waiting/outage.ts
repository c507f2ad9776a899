import { isIPv4 } from 'node:net';

/** The failures of jobs that count as one condition that concerns all, and the trials that find out whether it has ended. */
export interface OutageRule {
  /** So many different sites fail, and none works meanwhile. */
  readonly sites: number;
  /** Within so many milliseconds. */
  readonly withinMs: number;
  /** Milliseconds from each trial to the next one; the last one is repeated. */
  readonly trialsMs: readonly [number, ...number[]];
  /** Milliseconds without a failure after which the condition is over: there are no jobs that would show it. */
  readonly lastsMs: number;
}

/** A job that has failed. */
export interface JobFailure {
  readonly host: string;
  /** The requester; null: nobody. */
  readonly personId: string | null;
  readonly isOwners: boolean;
}

/** A condition that is concluded from the failures of jobs. While it lasts, one job at a time is a trial. */
export interface Outage {
  /** The time since which it lasts, in milliseconds since 1970; null: it does not. */
  readonly sinceMs: number | null;
  /** The time of the next trial. */
  readonly nextTrialMs: number;
  noteFailure(failure: JobFailure): void;
  /** Ends the condition. */
  noteSuccess(): void;
  /** Notes a trial: the next one is later. */
  noteTrial(): void;
}

interface NotedFailure extends Omit<JobFailure, 'host'> {
  readonly site: string;
  readonly at: number;
}

export function createOutage(rule: OutageRule, clock: () => number = Date.now): Outage {
  const { withinMs, trialsMs, lastsMs } = rule;
  let failures: readonly NotedFailure[] = [];
  let sinceMs: number | null = null;
  let failedAtMs = 0;
  let trials = 0;
  let nextTrialMs = 0;

  const planTrial = (): void => {
    nextTrialMs = clock() + (trialsMs[trials] ?? trialsMs.at(-1) ?? trialsMs[0]);
  };
  const lasts = (): boolean => sinceMs !== null && clock() - failedAtMs <= lastsMs;
  return {
    get sinceMs() {
      return lasts() ? sinceMs : null;
    },
    get nextTrialMs() {
      return nextTrialMs;
    },
    noteFailure({ host, ...facts }) {
      const failure = { site: siteOf(host), ...facts, at: clock() };
      const isKept = ({ site, personId, at }: NotedFailure): boolean =>
        failure.at - at <= withinMs && (site !== failure.site || personId !== failure.personId);
      failures = [...failures.filter(isKept), failure];
      if (!lasts()) sinceMs = null;
      failedAtMs = failure.at;
      if (sinceMs !== null || !concernsAll(failures, rule)) return;
      sinceMs = failure.at;
      trials = 0;
      planTrial();
    },
    noteSuccess() {
      failures = [];
      sinceMs = null;
    },
    noteTrial() {
      trials += 1;
      planTrial();
    },
  };
}

/** Enough sites fail. The links of one member prove nothing alone: otherwise a member could pause the queue for everybody. */
function concernsAll(failures: readonly NotedFailure[], { sites }: OutageRule): boolean {
  const people = new Set(failures.map(({ personId }) => personId));
  const isCredible = people.size > 1 || failures.some(({ isOwners }) => isOwners);
  return isCredible && new Set(failures.map(({ site }) => site)).size >= sites;
}

/** The last two labels of a name. Under a suffix of two labels, such as `co.uk`, several sites count as one: a pause comes later. */
function siteOf(host: string): string {
  return isIPv4(host) ? host : host.split('.').slice(-2).join('.');
}
