import type { TargetRecord } from './target-store.ts';

/** The parts of a finished item that decide about its deliveries. */
export interface RuledItem {
  readonly personId: string | null;
  readonly visibility: 'everyone' | 'mine';
  /** The host of its source; empty: it has none. */
  readonly host: string;
  readonly collectionIds: readonly string[];
}

type RuledTarget = Pick<TargetRecord, 'personId' | 'settings'>;

/**
 * Decides whether a finished item goes to a target by itself. A private item of somebody else than the target's maker goes to one only whose rule
 * names that person.
 */
export function isRuled({ personId: makerId, settings: { rule } }: RuledTarget, item: RuledItem): boolean {
  if (rule.items === 'requested') return false;
  if (rule.items === 'person') return item.personId === rule.personId;
  if (item.visibility === 'mine' && item.personId !== makerId) return false;
  if (rule.items === 'host') return item.host === rule.host || item.host.endsWith(`.${rule.host}`);
  return rule.items === 'all' || item.collectionIds.includes(rule.collectionId);
}

/** Decides whether an item goes to the trash when it has arrived: that of the target's maker, and only when they asked for it. */
export function isRemovedAfter(
  { personId: makerId, settings: { removeAfter } }: RuledTarget,
  item: Pick<RuledItem, 'personId'>,
): boolean {
  return removeAfter && item.personId === makerId;
}
