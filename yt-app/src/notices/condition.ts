import type { Message, NoticeSeverity } from '@linkcast/contracts';

/** A condition that a source observes now. */
export interface ObservedCondition {
  /** Identifies the condition within its source. It stays the same when the severity or the facts change. */
  readonly code: string;
  readonly severity: NoticeSeverity;
  /** The condition with its current facts. */
  readonly message: Message;
  /** The remedy for the owner; null: the message contains it, or there is none. */
  readonly action: Message | null;
  /** Milliseconds for which the condition is to last before it opens. Default 0. */
  readonly opensAfterMs?: number;
}

/** A condition with its times, in milliseconds since 1970. */
export interface Condition extends Omit<ObservedCondition, 'opensAfterMs'> {
  /** Name of the source. */
  readonly source: string;
  /** The first observation. */
  readonly sinceMs: number;
  /** Null: it has not lasted long enough, and owners do not see it. */
  readonly openedAtMs: number | null;
  readonly lastSeenAtMs: number;
  /** Null: it lasts. */
  readonly closedAtMs: number | null;
}
