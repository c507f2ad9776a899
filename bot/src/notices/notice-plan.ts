import type { Notice, NoticeSeverity } from '@linkcast/contracts';

/** A notice as it was reported to an owner. Times are milliseconds since 1970. */
export interface ReportedNotice extends Pick<Notice, 'key' | 'severity' | 'sentence' | 'message'> {
  readonly reportedAt: number;
  /** The first check that did not find it; null: it is open. */
  readonly absentSince: number | null;
}

/** The next step for one notice and one owner. */
export type NoticeStep =
  /** It is new, or has become worse. */
  | { readonly kind: 'report'; readonly notice: Notice }
  /** It is still open. */
  | { readonly kind: 'remind'; readonly notice: Notice }
  /** It has ended. */
  | { readonly kind: 'solve'; readonly reported: ReportedNotice }
  /** It is open again, or not found for the first time. */
  | { readonly kind: 'note'; readonly reported: ReportedNotice }
  /** It has ended, which owners need not know. */
  | { readonly kind: 'forget'; readonly reported: ReportedNotice };

const DAY_MS = 86_400_000;
/** Milliseconds after which an open notice is reported again. */
export const REMIND_MS: Readonly<Record<NoticeSeverity, number>> = {
  info: Infinity,
  warning: 7 * DAY_MS,
  critical: DAY_MS,
};
/** yt-app continues a notice that returns within this time: its end is reported when it cannot return any more. */
const ENDED_MS = 600_000;
const RANK: Readonly<Record<NoticeSeverity, number>> = { info: 0, warning: 1, critical: 2 };

/** Compares the open notices with those that were reported to an owner. */
export function planNotices(open: readonly Notice[], reported: readonly ReportedNotice[], now: number): NoticeStep[] {
  const known = new Map(reported.map((one) => [one.key, one]));
  const keys = new Set(open.map(({ key }) => key));
  const absent = reported.filter(({ key }) => !keys.has(key));
  return [
    ...open.flatMap((notice) => openStep(notice, known.get(notice.key), now) ?? []),
    ...absent.flatMap((one) => absentStep(one, now) ?? []),
  ];
}

function openStep(notice: Notice, reported: ReportedNotice | undefined, now: number): NoticeStep | undefined {
  if (!reported || RANK[notice.severity] > RANK[reported.severity]) return { kind: 'report', notice };
  if (now - reported.reportedAt >= REMIND_MS[notice.severity]) return { kind: 'remind', notice };
  return reported.absentSince === null ? undefined : { kind: 'note', reported: { ...reported, absentSince: null } };
}

function absentStep(reported: ReportedNotice, now: number): NoticeStep | undefined {
  const { absentSince, severity } = reported;
  if (absentSince === null) return { kind: 'note', reported: { ...reported, absentSince: now } };
  if (now - absentSince <= ENDED_MS) return undefined;
  return { kind: severity === 'info' ? 'forget' : 'solve', reported };
}
