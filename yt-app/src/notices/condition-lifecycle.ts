import type { Condition, ObservedCondition } from './condition.ts';

/** A condition that holds again within this time is the same one: what flaps is one notice. */
const REOPEN_MS = 600_000;

/**
 * Applies an observation of a source to its conditions. A new condition is pending until it has lasted long enough; one
 * that ends while it is pending leaves no trace. An open one that ends is closed, and kept for {@link REOPEN_MS}.
 */
export function nextConditions(
  source: string,
  known: readonly Condition[],
  observed: readonly ObservedCondition[],
  nowMs: number,
): Condition[] {
  const codes = new Set(observed.map(({ code }) => code));
  const lasting = observed.map((one) => {
    const earlier = known.find(({ code }) => code === one.code);
    return continued(source, one, earlier && isFinal(earlier, nowMs) ? undefined : earlier, nowMs);
  });
  const ended = known.filter(({ code }) => !codes.has(code)).flatMap((one) => closed(one, nowMs));
  return [...lasting, ...ended];
}

function continued(
  source: string,
  { opensAfterMs = 0, ...observed }: ObservedCondition,
  earlier: Condition | undefined,
  nowMs: number,
): Condition {
  const sinceMs = earlier?.sinceMs ?? nowMs;
  const isDue = nowMs - sinceMs >= opensAfterMs;
  const openedAtMs = earlier?.openedAtMs ?? (isDue ? nowMs : null);
  return { ...observed, source, sinceMs, openedAtMs, lastSeenAtMs: nowMs, closedAtMs: null };
}

function closed(condition: Condition, nowMs: number): Condition[] {
  if (condition.openedAtMs === null || isFinal(condition, nowMs)) return [];
  return [{ ...condition, closedAtMs: condition.closedAtMs ?? nowMs }];
}

/** Reports whether the condition has ended, and would be another one if it held again. */
function isFinal({ closedAtMs }: Condition, nowMs: number): boolean {
  return closedAtMs !== null && nowMs - closedAtMs > REOPEN_MS;
}
