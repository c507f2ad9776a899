import { mkdir, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { YtDlpVersion } from '@linkcast/contracts';
import { syncPath } from '@linkcast/kit';

/** A fetched release of yt-dlp that was proved and tried. */
export interface StoredRelease {
  readonly version: string;
  readonly directory: string;
}

/**
 * The fetched releases of a worker, one folder each. `current` is a link to the one that jobs get, and is replaced by a rename: whatever
 * ends the worker, it leads to a whole release.
 */
export interface ReleaseStore {
  readonly folder: string;
  /** Undefined: the installed yt-dlp. */
  current(): Promise<StoredRelease | undefined>;
  find(version: string): Promise<StoredRelease | undefined>;
  /** Makes an empty folder for a release. Removes what an interrupted try left. */
  begin(): Promise<string>;
  /** Gives a finished folder of {@link begin} the name of its version. */
  keep(directory: string, version: string): Promise<StoredRelease>;
  switchTo(release: StoredRelease | undefined): Promise<void>;
  /** Removes all releases except these versions. */
  prune(needed: ReadonlySet<string>): Promise<void>;
}

const PARTIAL = '.partial';

export function createReleaseStore(folder: string): ReleaseStore {
  const link = path.join(folder, 'current');
  const partial = path.join(folder, PARTIAL);
  const find = async (version: string): Promise<StoredRelease | undefined> => {
    const directory = path.join(folder, version);
    const isThere = YtDlpVersion.safeParse(version).success && (await isFolder(path.join(directory, 'lib')));
    return isThere ? { version, directory } : undefined;
  };
  return {
    folder,
    find,
    async current() {
      const version = await readlink(link).catch(() => undefined); // there is none
      return version === undefined ? undefined : find(version);
    },
    async begin() {
      await rm(partial, { recursive: true, force: true });
      await mkdir(partial, { recursive: true, mode: 0o700 });
      return partial;
    },
    async keep(directory, version) {
      const kept = path.join(folder, YtDlpVersion.parse(version));
      await rm(kept, { recursive: true, force: true }); // of a try that ended before the switch
      await rename(directory, kept);
      await syncPath(folder);
      return { version, directory: kept };
    },
    async switchTo(release) {
      if (release === undefined) await rm(link, { force: true });
      else await replaceLink(link, release.version);
      await syncPath(folder);
    },
    async prune(needed) {
      const names = await readdir(folder);
      const old = names.filter((name) => YtDlpVersion.safeParse(name).success && !needed.has(name));
      await Promise.all([...old, PARTIAL].map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
    },
  };
}

async function replaceLink(link: string, target: string): Promise<void> {
  const next = `${link}.next`;
  await rm(next, { force: true });
  await symlink(target, next);
  await rename(next, link);
}

async function isFolder(directory: string): Promise<boolean> {
  const stats = await stat(directory).catch(() => undefined); // it is not there
  return stats?.isDirectory() === true;
}
