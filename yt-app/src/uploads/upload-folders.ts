import { lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { OWN_FILES_FOLDER, ownFilePath } from '@linkcast/contracts';
import { readIfThere, syncPath, writeFileAtomic } from '@linkcast/kit';
import { UploadRecord } from './upload-record.ts';

/** An upload with the bytes that have come. */
export interface StoredUpload {
  readonly record: UploadRecord;
  readonly offset: number;
  /** The time of the last bytes, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** The folders of the uploads on the media volume: the bytes, and the record beside them. */
export interface UploadFolders {
  /** The path of the bytes. */
  fileOf(id: string): string;
  /** Makes the folder of an upload, without bytes. It is on the disk when this resolves. */
  create(record: UploadRecord): Promise<void>;
  /** Makes the folder of a file that is placed there as a whole. What a run that was killed has left is removed. */
  prepare(record: UploadRecord): Promise<void>;
  /** Writes a placed file to the disk. */
  sync(id: string): Promise<void>;
  /** Undefined when there is none, or it is not whole enough to be read. */
  find(id: string): Promise<StoredUpload | undefined>;
  all(): Promise<StoredUpload[]>;
  /** Ids of all folders, also of those that cannot be read. */
  ids(): Promise<string[]>;
  remove(id: string): Promise<void>;
}

const ID = /^[a-z2-7]{20}$/;
const PRIVATE = { recursive: true, mode: 0o700 } as const;

export function createUploadFolders(mediaDir: string): UploadFolders {
  const root = path.join(mediaDir, OWN_FILES_FOLDER);
  const folderOf = (id: string): string => path.join(root, id);
  const fileOf = (id: string): string => path.join(mediaDir, ownFilePath(id));
  const recordOf = (id: string): string => path.join(folderOf(id), 'upload.json');
  const ids: UploadFolders['ids'] = async () =>
    (await readdir(root).catch(ifMissing(() => []))).filter((name) => ID.test(name));
  const find: UploadFolders['find'] = async (id) => {
    if (!ID.test(id)) return undefined;
    const record = readRecord(await readIfThere(recordOf(id)));
    const file = await lstat(fileOf(id)).catch(ifMissing(() => undefined));
    return record && file?.isFile() ? { record, offset: file.size, changedAt: file.mtimeMs } : undefined;
  };

  const remove = (id: string): Promise<void> => rm(folderOf(id), { recursive: true, force: true });
  const make = async (record: UploadRecord): Promise<void> => {
    await mkdir(folderOf(record.id), PRIVATE);
    await writeFileAtomic(recordOf(record.id), JSON.stringify(record), { mode: 0o600 });
    await syncPath(root);
  };

  return {
    fileOf,
    ids,
    find,
    async create(record) {
      await make(record);
      await (await open(fileOf(record.id), 'wx', 0o600)).close();
      await syncPath(folderOf(record.id));
    },
    async prepare(record) {
      await remove(record.id);
      await make(record);
    },
    async sync(id) {
      await syncPath(fileOf(id));
      await syncPath(folderOf(id));
    },
    all: async () => (await Promise.all((await ids()).map(find))).filter((found) => found !== undefined),
    remove,
  };
}

function readRecord(text: string | undefined): UploadRecord | undefined {
  if (text === undefined) return undefined;
  try {
    return UploadRecord.parse(JSON.parse(text));
  } catch {
    return undefined; // damaged, or of another version: nobody can continue it
  }
}

function ifMissing<Value>(value: () => Value): (error: unknown) => Value {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return value(); // fs throws these
    throw error;
  };
}
