import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Probe } from '@linkcast/contracts';
import type { YtDlp } from './programs/ytdlp.ts';
import { describeSource } from './source/source-description.ts';

/**
 * Describes what a source offers, without downloading it.
 *
 * @param proxyUrl the egress proxy; contains a password.
 * @throws {Problem} the reason why the source cannot be resolved; or the reason of the signal.
 */
export type ProbeSource = (source: { url: string; proxyUrl: string }, signal: AbortSignal) => Promise<Probe>;

export function createSourceProbe(ytDlp: Pick<YtDlp, 'resolve'>): ProbeSource {
  return async ({ url, proxyUrl }, signal) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'linkcast-probe-'));
    try {
      const { info } = await ytDlp.resolve(url, { directory, proxyUrl, signal });
      return describeSource(info);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  };
}
