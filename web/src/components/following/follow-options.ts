import type { CheckSchedule, FollowedKeep, FollowedList, TitleFilter } from '@linkcast/contracts';

/** The choices for the times of checks: every so many hours, or at night. `own`: as it was set elsewhere. */
export const frequencies = ['1', '6', '24', '168', 'night', 'own'] as const;
export type Frequency = (typeof frequencies)[number];

/** The options of a followed list, as they are typed. */
export interface FollowOptions {
  readonly since: string;
  readonly include: string;
  readonly exclude: string;
  readonly keepLast: string;
  readonly keepDays: string;
  readonly frequency: Frequency;
}

export const noOptions: FollowOptions = {
  ...{ since: '', include: '', exclude: '', keepLast: '', keepDays: '' },
  frequency: '6',
};

/** The options that a list has. */
export function optionsOf({ since, filter, keep, schedule }: FollowedList): FollowOptions {
  return {
    since: since ?? '',
    include: filter.include.join(', '),
    exclude: filter.exclude.join(', '),
    keepLast: String(keep.last ?? ''),
    keepDays: String(keep.days ?? ''),
    frequency: frequencyOf(schedule),
  };
}

interface EnteredOptions {
  readonly since: string | null;
  readonly filter: TitleFilter;
  readonly keep: FollowedKeep;
  readonly schedule?: CheckSchedule;
}

/** The options as the API takes them. */
export function enteredOptions(options: FollowOptions): EnteredOptions {
  const schedule = scheduleOf(options.frequency);
  return {
    since: options.since === '' ? null : options.since,
    filter: { include: wordsOf(options.include), exclude: wordsOf(options.exclude) },
    keep: { last: numberOf(options.keepLast), days: numberOf(options.keepDays) },
    ...(schedule && { schedule }),
  };
}

const NIGHT = '04:00';

function frequencyOf(schedule: CheckSchedule): Frequency {
  if (schedule.kind === 'daily') return schedule.at === NIGHT ? 'night' : 'own';
  return frequencies.find((each) => each === String(schedule.hours)) ?? 'own';
}

function scheduleOf(frequency: Frequency): CheckSchedule | undefined {
  if (frequency === 'own') return undefined;
  if (frequency !== 'night') return { kind: 'every', hours: Number(frequency) };
  return { kind: 'daily', at: NIGHT, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}

function wordsOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function numberOf(text: string): number | null {
  return text === '' ? null : Number(text);
}
