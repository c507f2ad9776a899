import type { Logger } from '@linkcast/kit';
import type { YtDlp } from '../programs/ytdlp.ts';
import { readNotes } from './release-notes.ts';
import type { ReleaseStore, StoredRelease } from './release-store.ts';

/** A yt-dlp that jobs may get. */
export interface Downloader {
  readonly ytDlp: YtDlp;
  /** Undefined: it is missing. */
  readonly version: string | undefined;
  /** Undefined: it is the installed one. */
  readonly release: StoredRelease | undefined;
}

/** The yt-dlp that jobs get now: the installed one, or a newer release that was fetched. */
export interface CurrentDownloader {
  get(): Downloader;
  /** Reads again which one that is. A release that does not run, or is not newer than the installed yt-dlp, is not used. */
  read(): Promise<void>;
  /** The one before; undefined when the installed one is current. */
  earlier(): Promise<Downloader | undefined>;
  /** Changes it, on the disk first. */
  set(next: Downloader): Promise<void>;
  of(release: StoredRelease | undefined): Downloader;
}

export interface DownloadersOptions {
  /** Undefined: only the installed yt-dlp is used. */
  readonly store: ReleaseStore | undefined;
  /** @param release the folder of a release; undefined: the installed yt-dlp. */
  readonly createYtDlp: (release: string | undefined) => YtDlp;
  readonly logger: Logger;
}

export function createCurrentDownloader({ store, createYtDlp, logger }: DownloadersOptions): CurrentDownloader {
  const installed = createYtDlp(undefined);
  let installedVersion: string | undefined;
  let current: Downloader = { ytDlp: installed, version: undefined, release: undefined };

  const of = (release: StoredRelease | undefined): Downloader =>
    release === undefined
      ? { ytDlp: installed, version: installedVersion, release }
      : { ytDlp: createYtDlp(release.directory), version: release.version, release };
  const isNewer = ({ version }: StoredRelease): boolean => version > (installedVersion ?? '');

  return {
    get: () => current,
    of,
    async read() {
      installedVersion = await installed.version().catch(() => undefined);
      const stored = await store?.current();
      const fetched = stored && isNewer(stored) ? of(stored) : undefined;
      const version = await fetched?.ytDlp.version().catch(() => undefined);
      const runs = fetched !== undefined && version === fetched.version;
      if (fetched && !runs) logger.error({ version: fetched.version }, 'fetched downloader does not run');
      current = runs ? fetched : of(undefined);
      current.ytDlp.keepSpares();
    },
    async earlier() {
      if (!store || current.release === undefined) return undefined;
      const { previous } = await readNotes(store.folder);
      const stored = previous === null || previous === current.version ? undefined : await store.find(previous);
      return of(stored && isNewer(stored) ? stored : undefined);
    },
    async set(next) {
      await store?.switchTo(next.release);
      current = next;
      current.ytDlp.keepSpares();
    },
  };
}
