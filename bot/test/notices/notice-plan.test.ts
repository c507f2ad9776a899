import type { Notice } from '@linkcast/contracts';
import { describe, expect, test } from 'vitest';
import { planNotices, type ReportedNotice } from '../../src/notices/notice-plan.ts';
import { sampleNotice } from './sample-notice.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const warning = sampleNotice();
const critical = sampleNotice({ severity: 'critical' });
const info = sampleNotice({ severity: 'info' });

function reportedAgo(notice: Notice, ago: { report?: number; absence?: number }): ReportedNotice {
  const { report = 0, absence } = ago;
  return { ...notice, reportedAt: NOW - report, absentSince: absence === undefined ? null : NOW - absence };
}
const stepsOf = (open: Notice[], reported: ReportedNotice[]) =>
  planNotices(open, reported, NOW).map(({ kind }) => kind);

describe('an open notice', () => {
  test.each<[string, Notice, ReportedNotice[], string[]]>([
    ['not reported yet', warning, [], ['report']],
    ['reported', warning, [reportedAgo(warning, { report: 6 * DAY_MS })], []],
    ['reported a week ago', warning, [reportedAgo(warning, { report: 7 * DAY_MS })], ['remind']],
    ['critical, reported less than a day ago', critical, [reportedAgo(critical, { report: DAY_MS - 1 })], []],
    ['critical, reported a day ago', critical, [reportedAgo(critical, { report: DAY_MS })], ['remind']],
    ['of severity info, reported a year ago', info, [reportedAgo(info, { report: 365 * DAY_MS })], []],
    ['critical, reported as a warning', critical, [reportedAgo(warning, {})], ['report']],
    ['a warning, reported as critical a day ago', warning, [reportedAgo(critical, { report: DAY_MS })], []],
    ['absent at the last check', warning, [reportedAgo(warning, { absence: 9 * MINUTE_MS })], ['note']],
    ['with another key', sampleNotice({ key: 'other' }), [reportedAgo(warning, {})], ['report', 'note']],
  ])('%s: takes the steps', (_, notice, reported, expected) => {
    expect(stepsOf([notice], reported)).toEqual(expected);
  });
});

describe('a notice that is not open any more', () => {
  test.each<[string, ReportedNotice, string[]]>([
    ['absent for the first time', reportedAgo(warning, { report: DAY_MS }), ['note']],
    ['absent for ten minutes', reportedAgo(warning, { absence: 10 * MINUTE_MS }), []],
    ['absent for longer', reportedAgo(warning, { absence: 10 * MINUTE_MS + 1 }), ['solve']],
    ['of severity info, absent for longer', reportedAgo(info, { absence: 11 * MINUTE_MS }), ['forget']],
  ])('%s: takes the steps', (_, reported, expected) => {
    expect(stepsOf([], [reported])).toEqual(expected);
  });
});
