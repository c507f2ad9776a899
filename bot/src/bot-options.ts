import type { Logger } from '@linkcast/kit';
import type { Pace } from './delivery/pace.ts';
import type { Pauses } from './telegram/update-poller.ts';

export interface BotOptions {
  readonly telegram: { readonly token: string; readonly apiRoot: string };
  readonly ytApp: { readonly url: string; readonly token: string | undefined };
  /** Public root of the site, without a slash at the end. */
  readonly siteUrl: string;
  /** Path of the bot's database. */
  readonly databaseFile: string;
  readonly allowedUsers: readonly number[];
  readonly owners: readonly number[];
  /** What makes the first person to send it the owner, as long as there is none. */
  readonly ownerCode: string;
  /** Called at each round of asking Telegram, whether it answers or not. */
  readonly onAlive?: () => void;
  readonly logger: Logger;
  /** Timing, for tests; see {@link Pace} and {@link Pauses}. */
  readonly pace?: Partial<Pace>;
  readonly pauses?: Partial<Pauses>;
  /** Milliseconds that connecting to Telegram may take. Default 30,000. */
  readonly connectLimitMs?: number;
  /** Milliseconds between the rounds that ask for every open job, events or not. Default 60,000. */
  readonly rereadMs?: number;
  /** Milliseconds between two looks for notices to the owners. Default 600,000. */
  readonly noticesMs?: number;
}
