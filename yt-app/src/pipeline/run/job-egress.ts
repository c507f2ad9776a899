import type { RequestEgressUsage } from '@linkcast/kit';

/** Fetches a small file through the egress proxy, which checks its address as that of every download. */
export type FetchBytes = (
  url: string,
  options: { headers?: Readonly<Record<string, string>>; maxBytes: number; timeoutMs: number; signal: AbortSignal },
) => Promise<{ status: number; body: Buffer; isWhole: boolean; finalUrl: string }>;

/** The route of one job to the internet; opened by egress/. */
export interface JobEgress {
  /** Contains a password. */
  readonly proxyUrl: string;
  readonly fetchBytes: FetchBytes;
  /** Requests the bytes received so far, and what was refused. */
  readonly usage: RequestEgressUsage;
}

export type OpenJobEgress = (proxyUrl: string, signal: AbortSignal) => Promise<JobEgress>;
