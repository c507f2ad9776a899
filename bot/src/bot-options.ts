import type { Logger } from '@linkcast/kit';
import type { Language } from '@linkcast/texts';
import type { Pace } from './delivery/pace.ts';
import type { ReportPace } from './reports/job-end-reporter.ts';
import type { Pauses } from './telegram/update-poller.ts';

export interface BotOptions {
  readonly telegram: { readonly token: string; readonly apiRoot: string };
  readonly ytApp: { readonly url: string; readonly token: string | undefined };
  /** Public root of the site, without a slash at the end. */
  readonly siteUrl: string;
  /** Path of the bot's database. */
  readonly databaseFile: string;
  /** The language of people of whom no other is known. */
  readonly language: Language;
  /** Called at the start of every poll of Telegram, whether it answers or not. */
  readonly onAlive?: () => void;
  readonly logger: Logger;
  /** Timing, for tests; see {@link Pace}, {@link Pauses} and {@link ReportPace}. */
  readonly pace?: Partial<Pace>;
  readonly pauses?: Partial<Pauses>;
  readonly reportPace?: Partial<ReportPace>;
  /** Milliseconds that connecting to Telegram may take. Default 30,000. */
  readonly connectLimitMs?: number;
  /** Milliseconds from one check for notices to the next. Default 60,000. */
  readonly noticesMs?: number;
  /** The clock by which notices are repeated and end, in milliseconds since 1970; for tests. */
  readonly noticeClock?: () => number;
}
