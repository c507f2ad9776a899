import { Cron } from 'croner';

const MINUTES_IN_HALF_A_DAY = 720;

/** The times at which the certificate is checked. */
export interface CheckTimes {
  /** Gives the next check after a time. */
  after(time: Date): Date;
}

/**
 * Creates times twice a day, as ACME servers advise, random for each start, so that the servers' load is spread.
 *
 * @param random gives a number between 0 and 1.
 */
export function createCheckTimes(random: () => number): CheckTimes {
  const minute = Math.floor(random() * MINUTES_IN_HALF_A_DAY) % MINUTES_IN_HALF_A_DAY;
  const hour = Math.floor(minute / 60);
  const cron = new Cron(`${minute % 60} ${hour},${hour + 12} * * *`, { paused: true });
  return {
    after: (time) => {
      const next = cron.nextRun(time);
      if (next === null) throw new Error('every day has these times');
      return next;
    },
  };
}
