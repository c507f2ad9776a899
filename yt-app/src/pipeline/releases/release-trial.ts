import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { YtDlp } from '../programs/ytdlp.ts';
import { ReleaseRefused } from './release-refused.ts';
import { startTrialServer, type TrialServer } from './trial-server.ts';

/** Its path names no file type: all extractors are loaded. The host cannot exist (RFC 6761). */
const TRIAL_URL = 'http://trial.invalid/clip';
const WALL_MS = 180_000;

/**
 * Tries a release as the pipeline would use it: reads its version, resolves a link, and downloads it from a document. In the sandbox of
 * every job.
 *
 * @param directory of the release; the trial makes a folder in it.
 * @throws {ReleaseRefused} version or trial; the reason of the signal.
 */
export async function tryRelease(
  ytDlp: YtDlp,
  { directory, version }: { readonly directory: string; readonly version: string },
  signal: AbortSignal,
): Promise<void> {
  const found = await ytDlp.version().catch((error: unknown) => {
    throw new ReleaseRefused('trial', { cause: error });
  });
  if (found !== version) throw new ReleaseRefused('version');
  const folder = path.join(directory, 'trial');
  await mkdir(folder);
  const server = await startTrialServer();
  try {
    const bytes = await download(ytDlp, folder, server, AbortSignal.any([signal, AbortSignal.timeout(WALL_MS)]));
    if (!bytes.equals(server.clip)) throw new ReleaseRefused('trial');
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ReleaseRefused ? error : new ReleaseRefused('trial', { cause: error });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(
  ytDlp: YtDlp,
  directory: string,
  { proxyUrl }: TrialServer,
  signal: AbortSignal,
): Promise<Buffer> {
  const { documents } = await ytDlp.resolve(TRIAL_URL, { directory, proxyUrl, signal });
  const [document] = documents.values();
  if (document === undefined) throw new ReleaseRefused('trial');
  const prepared = ytDlp.prepareDownload({ directory, proxyUrl, signal });
  const bytes = buffer(prepared.output);
  prepared.begin(document, () => undefined);
  const { kind } = await prepared.program.outcome;
  if (kind !== 'finished') throw new ReleaseRefused('trial');
  return bytes;
}
