import { Problem, type UpdateTicket } from '@linkcast/contracts';

/** More than the workers of an installation need: each checks once a day, and more often only after failures. */
const MOST_AN_HOUR = 60;
const HOUR_MS = 3_600_000;
/** A check and the download of a release, on a slow line. */
const LIFETIME_MS = 900_000;

/** @throws {Problem} too-many-requests. */
export type IssueUpdateTicket = () => Promise<UpdateTicket>;

/**
 * Creates a function that issues tickets for reading the releases of yt-dlp, so many in an hour: a worker gets other tickets for its work only.
 *
 * @param proxyUrlFor the egress proxy's URL with credentials that expire after `lifetimeMs`.
 */
export function createUpdateTickets(
  proxyUrlFor: (claimId: string, lifetimeMs: number) => Promise<string>,
  now: () => number = Date.now,
): IssueUpdateTicket {
  let issuedAt: number[] = [];
  return async () => {
    issuedAt = issuedAt.filter((at) => now() - at < HOUR_MS);
    if (issuedAt.length >= MOST_AN_HOUR) throw new Problem('too-many-requests');
    issuedAt.push(now());
    return { proxyUrl: await proxyUrlFor('downloader-updates', LIFETIME_MS) };
  };
}
