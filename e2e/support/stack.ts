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
  /** The sign-in link that was printed at the start. */
  readonly signInLink: string;
  /** Everything that was logged. */
  log(): Promise<string>;
  close(): Promise<void>;
}

/** @throws when what was printed holds no sign-in link. */
export function readSignInLink(output: string): string {
  const link = /https?:\/\/\S+\/sign-in#[a-z0-9-]+/.exec(output)?.[0];
  if (link === undefined) throw new Error('no sign-in link was printed');
  return link;
}
