import type { Notice, NoticeSeverity } from '@linkcast/contracts';
import { worded } from '@linkcast/texts';
import type { Condition } from './condition.ts';

const URGENCY: Readonly<Record<NoticeSeverity, number>> = { critical: 0, warning: 1, info: 2 };

/** The open conditions as notices, the most urgent first. */
export function openNotices(conditions: readonly Condition[]): Notice[] {
  return conditions
    .filter(({ openedAtMs, closedAtMs }) => openedAtMs !== null && closedAtMs === null)
    .toSorted((one, other) => URGENCY[one.severity] - URGENCY[other.severity] || one.sinceMs - other.sinceMs)
    .map(noticeView);
}

function noticeView({ code, severity, sinceMs, message, action }: Condition): Notice {
  const since = new Date(sinceMs).toISOString();
  return { key: `${code}:${since}`, severity, since, ...worded(message), action: action && worded(action) };
}
