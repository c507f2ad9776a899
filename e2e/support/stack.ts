import type { ApiClient } from '@linkcast/contracts';
import type { BotApiServer, OriginServer } from '@linkcast/testing';

/** The whole product running, and the outside world that the test made for it. */
export interface Stack {
  /** The site, as a browser on this machine reaches it. */
  readonly siteUrl: string;
  readonly api: ApiClient;
  readonly origin: OriginServer;
  readonly telegram: BotApiServer;
  readonly ownerCode: string;
  /** Everything that was logged. */
  log(): Promise<string>;
  close(): Promise<void>;
}
