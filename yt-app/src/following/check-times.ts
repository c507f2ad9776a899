import { backOffMs, type BackOff, type CheckSchedule } from '@linkcast/contracts';
import { Cron } from 'croner';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The parts by which pauses are longer at most: lists that were checked together drift apart. */
const JITTER = 0.1;
const DAILY_JITTER_MS = 15 * MINUTE_MS;
/** After failures: 30 minutes, then twice as long each time, up to three days. A week of failures is about nine checks. */
const BACK_OFF: BackOff = { firstMs: 30 * MINUTE_MS, mostMs: 3 * DAY_MS };
/** A list that could not be read for so long is paused. */
const GIVE_UP_MS = 30 * DAY_MS;
/** Videos for which a limit had no room are tried again after so long, at the latest. */
const REFUSED_MS = HOUR_MS;

/**
 * The time of the next check after one that has succeeded, in milliseconds since 1970.
 *
 * @param random from 0 to 1.
 */
export function nextCheck(schedule: CheckSchedule, now: number, random: number): number {
  if (schedule.kind === 'every') return Math.round(now + schedule.hours * HOUR_MS * (1 + JITTER * random));
  const [hour = '0', minute = '0'] = schedule.at.split(':');
  const daily = new Cron(`${Number(minute)} ${Number(hour)} * * *`, { paused: true, timezone: schedule.timeZone });
  const next = daily.nextRun(new Date(now))?.getTime() ?? now + DAY_MS; // a daily pattern has a next time
  return Math.round(next + DAILY_JITTER_MS * random);
}

/** The same, while videos wait for room. */
export function nextTry(schedule: CheckSchedule, now: number, random: number): number {
  return Math.min(nextCheck(schedule, now, random), Math.round(now + REFUSED_MS * (1 + JITTER * random)));
}

/** The time of the next check after so many failures in a row (1 or more). */
export function checkAfterFailure(failures: number, now: number, random: number): number {
  return Math.round(now + backOffMs(failures, BACK_OFF) * (1 + JITTER * random));
}

/** Reports whether a list has failed for so long that it is paused. */
export function isGivenUp(failingSince: number, now: number): boolean {
  return now - failingSince >= GIVE_UP_MS;
}
