import type { Probe, SourceListing } from '@linkcast/contracts';
import { parseSourceUrl } from '../../egress/source-url.ts';
import { createProbeQueue } from '../claims/probe-queue.ts';

export interface ProbeOptions {
  /** As `callerId` names them. */
  readonly caller: string;
  readonly signal: AbortSignal;
}

/** Reads links for callers, who share one queue; see `probe-queue.ts`. */
export interface LinkReads {
  /** Describes what a link offers, without downloading it. Waits for its turn. */
  probe(url: string, options: ProbeOptions): Promise<Probe>;
  /** Reads the list behind a link, as followers need it. Waits for its turn. @throws {Problem} not-a-list */
  readListing(url: string, options: ProbeOptions): Promise<SourceListing>;
}

/** Resolves a link. Rejects with a problem, or with the signal's reason. */
export type ProbeSource = (url: string, signal: AbortSignal) => Promise<Probe>;
/** Reads the list behind a link. Rejects in the same way. */
export type ListSource = (url: string, signal: AbortSignal) => Promise<SourceListing>;

export interface LinkReadsOptions {
  readonly probe: ProbeSource;
  readonly listSource: ListSource;
  /** `host:port` pairs that may be private. */
  readonly allowPrivate: readonly string[];
}

export function createLinkReads(options: LinkReadsOptions): LinkReads {
  const queue = createProbeQueue();
  return {
    async probe(url, { caller, signal }) {
      const { href } = parseSourceUrl(url, options.allowPrivate);
      return queue.run(caller, signal, () => options.probe(href, signal));
    },
    async readListing(url, { caller, signal }) {
      const { href } = parseSourceUrl(url, options.allowPrivate);
      return queue.run(caller, signal, () => options.listSource(href, signal));
    },
  };
}
