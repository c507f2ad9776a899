import type { Probe, SourceListing } from '@linkcast/contracts';
import { hostOf, parseSourceUrl } from '../../egress/source-url.ts';
import { createProbeQueue } from '../claims/probe-queue.ts';

export interface ProbeOptions {
  /** As `callerId` names them. */
  readonly caller: string;
  /** The person for whom it is read: their cookies may be used. Null: nobody. */
  readonly personId: string | null;
  readonly signal: AbortSignal;
}

/** Reads links for callers, who share one queue; see `probe-queue.ts`. */
export interface LinkReads {
  /** Describes what a link offers, without downloading it. Waits for its turn. */
  probe(url: string, options: ProbeOptions): Promise<Probe>;
  /** Reads the list behind a link, as followers need it. Waits for its turn. @throws {Problem} not-a-list */
  readListing(url: string, options: ProbeOptions): Promise<SourceListing>;
}

/** A link that was checked. */
export interface CheckedLink extends Pick<ProbeOptions, 'personId'> {
  readonly url: string;
  readonly host: string;
}

/** Resolves a link. Rejects with a problem, or with the signal's reason. */
export type ProbeSource = (link: CheckedLink, signal: AbortSignal) => Promise<Probe>;
/** Reads the list behind a link. Rejects in the same way. */
export type ListSource = (link: CheckedLink, signal: AbortSignal) => Promise<SourceListing>;

export interface LinkReadsOptions {
  readonly probe: ProbeSource;
  readonly listSource: ListSource;
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
}

export function createLinkReads(options: LinkReadsOptions): LinkReads {
  const queue = createProbeQueue();
  const checked = (url: string, personId: string | null): CheckedLink => {
    const parsed = parseSourceUrl(url, options.allowPrivate);
    return { url: parsed.href, host: hostOf(parsed), personId };
  };
  return {
    async probe(url, { caller, personId, signal }) {
      const link = checked(url, personId);
      return queue.run(caller, signal, () => options.probe(link, signal));
    },
    async readListing(url, { caller, personId, signal }) {
      const link = checked(url, personId);
      return queue.run(caller, signal, () => options.listSource(link, signal));
    },
  };
}
