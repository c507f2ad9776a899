import type { Condition, ObservedCondition } from './condition.ts';

/** Something that observes conditions of one subject, such as the disk. Sources do not depend on each other. */
export interface NoticeSource {
  /** Unique among the sources; stored with their conditions. */
  readonly name: string;
  /**
   * Returns the conditions that hold now. Undefined, a rejection, or no answer in time: they cannot be observed, and stay as
   * they are.
   *
   * @param lasting the source's conditions that held at the last observation, by code
   */
  observe(lasting: ReadonlyMap<string, Condition>): Promise<readonly ObservedCondition[] | undefined>;
}
