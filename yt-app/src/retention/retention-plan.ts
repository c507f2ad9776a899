import { setImmediate } from 'node:timers/promises';
import type { CollectionRank } from './collection-ranks.ts';
import type { CandidateStore, UnrankedCandidate } from './candidate-store.ts';
import { decideRetention, type Candidate, type RetentionDecision } from './retention-decision.ts';
import { createRuleLookup, type RankedRule, type RuleStore } from './rule-store.ts';

/** An item that goes by a rule, with the time and the reason. */
export interface PlannedItem extends RetentionDecision {
  readonly item: Candidate;
}

/** Decides about the items of the library. */
export interface RetentionPlan {
  /** All items that go some day, the earliest first. */
  all(): Promise<PlannedItem[]>;
  /** The decision about one item, as the database has it now; undefined: it stays. */
  one(mediaId: string): Promise<PlannedItem | undefined>;
}

export interface RetentionPlanOptions {
  readonly rules: Pick<RuleStore, 'list'>;
  /** The places of items in collections with a rule. @param mediaId only of this item. */
  readonly ranks: (mediaId?: string) => Promise<CollectionRank[]>;
  readonly candidates: CandidateStore;
  readonly clock: () => number;
}

/** Items that are read at once: a large library does not block other calls. */
const PAGE = 250;

export function createRetentionPlan({ rules, ranks, candidates, clock }: RetentionPlanOptions): RetentionPlan {
  async function* pages(): AsyncGenerator<UnrankedCandidate[]> {
    let last: UnrankedCandidate | undefined;
    do {
      const page = await candidates.page(last, PAGE);
      yield page;
      last = page.length === PAGE ? page.at(-1) : undefined;
      await setImmediate();
    } while (last);
  }
  const decider = async (mediaId?: string): Promise<((item: Candidate) => PlannedItem | undefined) | undefined> => {
    const stored = await rules.list();
    if (stored.length === 0) return undefined;
    const rulesOf = createRuleLookup(stored, await ranks(mediaId));
    return (item) => {
      const decision = decideByAll(item, rulesOf(item), clock());
      return decision && { ...decision, item };
    };
  };

  return {
    async all() {
      const decide = await decider();
      if (!decide) return [];
      const planned: PlannedItem[] = [];
      const counts = new Map<string | null, number>();
      for await (const page of pages())
        for (const found of page) {
          const rank = (counts.get(found.ownerId) ?? 0) + 1;
          counts.set(found.ownerId, rank);
          const decided = decide({ ...found, rank });
          if (decided) planned.push(decided);
        }
      return planned.toSorted((one, other) => one.at - other.at);
    },
    async one(mediaId) {
      const [decide, item] = [await decider(mediaId), await candidates.one(mediaId)];
      return item && decide?.(item);
    },
  };
}

/** The latest of the decisions by these rules; undefined when it stays by one of them. */
function decideByAll(item: Candidate, rules: readonly RankedRule[], now: number): RetentionDecision | undefined {
  const decisions = rules.map(({ rule, rank }) => decideRetention({ ...item, rank }, rule, now));
  return decisions.reduce((latest, next) => latest && next && (next.at > latest.at ? next : latest));
}
