import type { RetentionReason, RetentionRule } from '@linkcast/contracts';

/** The facts that decide about an item. Times are milliseconds since 1970; null: never. */
export interface Candidate {
  readonly id: string;
  /** The person whose item it is; null: nobody, or somebody who was removed. */
  readonly personId: string | null;
  readonly bytes: number;
  readonly createdAt: number;
  readonly isKept: boolean;
  /** Its place among the items of its person: 1 is the newest. */
  readonly rank: number;
  /** The last time that its person finished it. */
  readonly ownWatchedAt: number | null;
  /** The last time that anybody finished it. */
  readonly watchedAt: number | null;
  /** The last position of somebody who has begun and not finished it. */
  readonly begunAt: number | null;
  /** The last time that anybody played it or had it open. */
  readonly usedAt: number | null;
  /** The end of its last share. */
  readonly sharedUntil: number | null;
}

/** The time at which an item goes, and the reason. */
export interface RetentionDecision {
  /** The earliest time, in milliseconds since 1970. */
  readonly at: number;
  readonly reason: RetentionReason;
  /** True: it was not watched, and goes only when an owner says so. */
  readonly needsAnswer: boolean;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** An item that somebody has played or opened within this time counts as playing: a paused film, a night's sleep. */
const PLAYING_MS = 8 * HOUR_MS;
/** Somebody who has begun an item is in the middle of it for so long after their last position. */
const BEGUN_MS = 30 * DAY_MS;
/** A changed rule takes nothing for so long: owners see first what goes next. */
const RULE_DELAY_MS = DAY_MS;

/**
 * Decides when an item goes by its rule. Pure.
 *
 * @returns undefined when it stays: it is kept, or the rule does not concern it.
 */
export function decideRetention(
  item: Candidate,
  rule: RetentionRule & { readonly changedAt: number; readonly isSilent?: boolean },
  now: number,
): RetentionDecision | undefined {
  if (item.isKept) return undefined;
  const due = earliest(dueByDays(item, rule, now), dueByCount(item, rule, now));
  if (!due) return undefined;
  const needsAnswer = due.needsAnswer && (rule.isSilent !== true || isBegun(item, now));
  return { ...due, needsAnswer, at: Math.max(due.at, rule.changedAt + RULE_DELAY_MS, protectedUntil(item)) };
}

/** Until then, an item is protected because somebody plays it or has a link to it; 0: it is not. Milliseconds since 1970. */
export function protectedUntil({ usedAt, sharedUntil }: Pick<Candidate, 'usedAt' | 'sharedUntil'>): number {
  return Math.max(usedAt === null ? 0 : usedAt + PLAYING_MS, sharedUntil ?? 0);
}

/** An item is watched when its person has watched it (anybody, if it is nobody's), and nobody is in the middle of it. */
function isItemWatched(
  {
    personId,
    ownWatchedAt,
    watchedAt,
    begunAt,
  }: Pick<Candidate, 'personId' | 'ownWatchedAt' | 'watchedAt' | 'begunAt'>,
  now: number,
): boolean {
  if (isBegun({ begunAt }, now)) return false;
  return (personId === null ? watchedAt : ownWatchedAt) !== null;
}

/** Reports whether somebody is in the middle of an item. */
function isBegun({ begunAt }: Pick<Candidate, 'begunAt'>, now: number): boolean {
  return begunAt !== null && begunAt > now - BEGUN_MS;
}

function dueByDays(item: Candidate, rule: RetentionRule, now: number): RetentionDecision | undefined {
  const { watchedDays, unwatchedDays } = rule;
  if (isItemWatched(item, now)) {
    if (watchedDays === null) return undefined;
    return { at: (item.watchedAt ?? 0) + watchedDays * DAY_MS, reason: 'watched', needsAnswer: false };
  }
  if (unwatchedDays === null) return undefined;
  const touchedAt = Math.max(item.createdAt, item.begunAt ?? 0);
  return { at: touchedAt + unwatchedDays * DAY_MS, reason: 'unwatched', needsAnswer: true };
}

function dueByCount(item: Candidate, { keepLast }: RetentionRule, now: number): RetentionDecision | undefined {
  if (keepLast === null || item.rank <= keepLast) return undefined;
  return { at: now, reason: 'keep-last', needsAnswer: !isItemWatched(item, now) };
}

function earliest(...found: (RetentionDecision | undefined)[]): RetentionDecision | undefined {
  return found.filter((each) => each !== undefined).toSorted((one, other) => one.at - other.at)[0];
}
