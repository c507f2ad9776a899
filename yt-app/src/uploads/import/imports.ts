import { constants } from 'node:fs';
import { copyFile, link, lstat } from 'node:fs/promises';
import { isProblem, Problem } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import type { JobService } from '../../jobs/job-service.ts';
import { ownFileTitle } from '../upload-metadata.ts';
import type { Uploads } from '../uploads.ts';
import { scanImportFolder, type ImportFile } from './import-scan.ts';

/** Takes the files of IMPORT_DIR into the library, as files of an owner. */
export interface Imports {
  /** @returns true when files are there that are still being written. */
  run(): Promise<boolean>;
}

export interface ImportsOptions {
  /** IMPORT_DIR: only read. */
  readonly directory: string;
  readonly uploads: Pick<Uploads, 'place'>;
  readonly jobs: Pick<JobService, 'ofOwnFile'>;
  /** The owner whose items they become. */
  readonly owner: () => Promise<{ readonly id: string }>;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
}

/** A file is whole when it has not changed for so long. */
export const STILL_MS = 10_000;
/** The error codes of a link to another file system, or one that is not allowed. */
const NO_LINK: readonly unknown[] = ['EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

export function createImports(options: ImportsOptions): Imports {
  const { directory, uploads, jobs, owner, logger, clock = Date.now } = options;
  /** Ids of files that have a job, or can never have one. */
  const done = new Set<string>();
  /** The time at which each file of the last run was found first, by its id, which is another one after a change. */
  let foundAt = new Map<string, number>();
  /** The kind of the last trouble: it is logged once. */
  let trouble: string | undefined;

  const take = async (file: ImportFile): Promise<void> => {
    const upload = { personId: (await owner()).id, title: ownFileTitle(file.name), type: file.type, visibility: null };
    const job = await uploads.place({ ...upload, bytes: file.bytes }, file.id, (target) => put(file, target));
    logger.info({ uploadId: file.id, jobId: job.id, bytes: file.bytes }, 'file imported');
  };
  /** @returns false when no other file can be taken now, either. */
  const attempt = async (file: ImportFile): Promise<boolean> => {
    try {
      if (!(await jobs.ofOwnFile(file.id))) await take(file);
      done.add(file.id);
      trouble = undefined;
      return true;
    } catch (error) {
      const kind = isProblem(error) ? error.code : codeOf(error);
      if (kind !== trouble) logger.warn({ problem: kind, bytes: file.bytes }, 'file not imported');
      trouble = kind;
      if (isProblem(error) && error.code === 'too-large') done.add(file.id);
      return !isProblem(error) || !error.retryable;
    }
  };

  return {
    async run() {
      const files = (await scanImportFolder(directory)).filter(({ id }) => !done.has(id));
      const now = clock();
      foundAt = new Map(files.map(({ id }) => [id, foundAt.get(id) ?? now]));
      const isStill = ({ id }: ImportFile): boolean => now - (foundAt.get(id) ?? now) >= STILL_MS;
      const still = files.filter(isStill);
      for (const file of still) if (!(await attempt(file))) break;
      return still.length < files.length;
    },
  };
}

/** Links the file, or copies it where it cannot be linked. A file that changes meanwhile is refused. */
async function put(file: ImportFile, target: string): Promise<void> {
  try {
    await link(file.path, target);
  } catch (error) {
    if (!NO_LINK.includes((error as NodeJS.ErrnoException).code)) throw error; // fs throws these
    await copyFile(file.path, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  }
  const now = await lstat(file.path);
  if (now.size !== file.bytes || now.mtimeMs !== file.modifiedAt) throw new Problem('conflict');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'internal';
}
