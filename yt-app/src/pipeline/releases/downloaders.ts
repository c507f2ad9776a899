import { elapsedMs, type Logger } from '@linkcast/kit';
import { isSafeVersion, OLDEST_SAFE_VERSION, type DownloaderVersion } from '../programs/downloader-version.ts';
import type { YtDlp } from '../programs/ytdlp.ts';
import { createCurrentDownloader, type CurrentDownloader, type Downloader } from './current-downloader.ts';
import type { DownloadersOptions } from './current-downloader.ts';
import { compareOnFailure } from './release-comparison.ts';
import { changeNotes, readNotes, type ReleaseNotes } from './release-notes.ts';
import type { ReleaseStore, StoredRelease } from './release-store.ts';

/** Failures are compared at most so often: links that no version can read would cost two runs more each. */
const COMPARE_EVERY_MS = 60_000;

/** The yt-dlp of a worker, which may change while it works. */
export interface Downloaders extends DownloaderVersion {
  /** Runs work with the yt-dlp that is current now. The work keeps it to its end, whatever becomes current meanwhile. */
  use<Result>(work: (ytDlp: YtDlp) => Promise<Result>): Promise<Result>;
  /** Reports whether a release is newer than what is here, safe, and not known to be bad. */
  isWanted(version: string): Promise<boolean>;
  /** The release that failed where the one before it works, until a newer one is taken. */
  rolledBack(): ReleaseNotes['rolledBack'];
  /** Makes a whole release current. The one before it is kept. */
  take(release: StoredRelease): Promise<void>;
}

export function createDownloaders(options: DownloadersOptions): Downloaders {
  const { store, logger } = options;
  const current = createCurrentDownloader(options);
  const users = createUsers();
  let rolledBack: ReleaseNotes['rolledBack'] = null;
  const onRollBack = (done: ReleaseNotes['rolledBack']): void => {
    rolledBack = done;
  };
  const watch = createWatch({ store, current, logger, onRollBack });
  const isUsable = (): boolean => isSafeVersion(current.get().version);

  return {
    current: () => current.get().version,
    isUsable,
    rolledBack: () => rolledBack,
    async refresh() {
      await current.read();
      if (store) ({ rolledBack } = await readNotes(store.folder));
      const { version, release } = current.get();
      if (isUsable()) logger.info({ version, isFetched: release !== undefined }, 'downloader found');
      else logger.error({ version, oldest: OLDEST_SAFE_VERSION }, 'downloader missing or too old: no jobs are taken');
    },
    use: (work) => {
      const used = current.get();
      return users.count(used.version ?? '', () => work(watch(used)));
    },
    async isWanted(version) {
      const isNewer = isSafeVersion(version) && version > (current.get().version ?? '');
      return isNewer && store !== undefined && !(await readNotes(store.folder)).bad.includes(version);
    },
    async take(release) {
      if (!store) throw new Error('there is no folder for releases');
      const previous = current.get().release?.version ?? null;
      await changeNotes(store.folder, { previous });
      await current.set(current.of(release));
      rolledBack = null;
      await changeNotes(store.folder, { rolledBack });
      await store.prune(new Set([release.version, previous ?? release.version, ...users.present()]));
      logger.info({ version: release.version, previous }, 'release in use');
    },
  };
}

/** Counts the work that uses each version: its files stay. */
function createUsers() {
  const counts = new Map<string, number>();
  const add = (version: string, change: 1 | -1): void => {
    const count = (counts.get(version) ?? 0) + change;
    if (count > 0) counts.set(version, count);
    else counts.delete(version);
  };
  return {
    present: () => counts.keys(),
    async count<Result>(version: string, work: () => Promise<Result>): Promise<Result> {
      add(version, 1);
      try {
        return await work();
      } finally {
        add(version, -1);
      }
    },
  };
}

interface Watched {
  readonly store: ReleaseStore | undefined;
  readonly current: CurrentDownloader;
  readonly logger: Logger;
  readonly onRollBack: (done: ReleaseNotes['rolledBack']) => void;
}

/** @returns a function that watches a yt-dlp for failures that the one before it does not have. */
function createWatch({ store, current, logger, onRollBack }: Watched): (used: Downloader) => YtDlp {
  let comparedAt = -Infinity;
  const rollBack = async (used: Downloader, earlier: Downloader): Promise<void> => {
    if (!store || used !== current.get() || used.version === undefined) return; // another job was faster
    await current.set(earlier);
    const { bad } = await readNotes(store.folder);
    const rolledBack = earlier.version === undefined ? null : { from: used.version, to: earlier.version };
    await changeNotes(store.folder, { bad: [...bad, used.version], rolledBack, previous: null });
    onRollBack(rolledBack);
    logger.warn({ version: used.version, to: earlier.version }, 'release rolled back: the one before works');
  };
  return (used) =>
    compareOnFailure(used.ytDlp, async () => {
      const isDue = elapsedMs() - comparedAt >= COMPARE_EVERY_MS;
      const earlier = isDue && used === current.get() ? await current.earlier() : undefined;
      if (!earlier) return undefined;
      comparedAt = elapsedMs();
      return { ytDlp: earlier.ytDlp, onRegression: () => rollBack(used, earlier) };
    });
}
