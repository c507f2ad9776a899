/**
 * Milliseconds between two edits in one chat. Telegram allows about one a second, and in groups 20 messages a minute;
 * edits that come faster earn pauses of minutes.
 */
export interface Pace {
  readonly progressMs: number;
  readonly milestoneMs: number;
  readonly groupProgressMs: number;
  readonly groupMilestoneMs: number;
  /** The first pause after a failure; doubled up to a minute. */
  readonly retryMs: number;
}

const PACE: Pace = {
  progressMs: 3000,
  milestoneMs: 1100,
  groupProgressMs: 6000,
  groupMilestoneMs: 3100,
  retryMs: 1000,
};

/** The pace of one chat. */
export type ChatPace = Pick<Pace, 'progressMs' | 'milestoneMs' | 'retryMs'>;

export function paceOf(chatId: number, changes: Partial<Pace> = {}): ChatPace {
  const { progressMs, milestoneMs, groupProgressMs, groupMilestoneMs, retryMs } = { ...PACE, ...changes };
  const isGroup = chatId < 0;
  return isGroup
    ? { progressMs: groupProgressMs, milestoneMs: groupMilestoneMs, retryMs }
    : { progressMs, milestoneMs, retryMs };
}
