import type { Job, MediaType, Visibility } from '@linkcast/contracts';
import type { Logger } from '@linkcast/kit';
import PQueue from 'p-queue';
import type { JobService } from '../jobs/job-service.ts';
import type { JobAdmission } from '../jobs/submission/job-admission.ts';
import { randomId } from '../random-id.ts';
import type { StoredUpload, UploadFolders } from './upload-folders.ts';
import type { UploadRecord } from './upload-record.ts';
import { requireUploadRoom, type UploadRoomOptions } from './upload-room.ts';
import type { UploadTurns } from './upload-turns.ts';
import { isWhole } from './upload-view.ts';

/** A file as its upload begins. */
export interface NewUpload {
  readonly personId: string;
  readonly title: string;
  readonly type: MediaType;
  /** Null: the setting of the installation. */
  readonly visibility: Visibility | null;
  /** The same key of the same person gives the same upload. */
  readonly key?: string | undefined;
  /** Of the whole file. */
  readonly bytes: number;
}

export interface UploadBeginningsOptions extends UploadRoomOptions {
  readonly jobs: Pick<JobService, 'submitOwnFile'>;
  readonly admission: JobAdmission;
  readonly logger: Pick<Logger, 'info'>;
}

/** Begins uploads where there is room. */
export interface UploadBeginnings {
  begin(upload: NewUpload): Promise<StoredUpload>;
  /** See `Uploads.place`. */
  place(upload: NewUpload, id: string, put: (file: string) => Promise<void>): Promise<Job>;
}

interface Storage {
  readonly folders: UploadFolders;
  readonly turns: UploadTurns;
}

export function createUploadBeginnings(
  options: UploadBeginningsOptions,
  { folders, turns }: Storage,
): UploadBeginnings {
  const { jobs, admission, logger } = options;
  /** One after the other: two uploads never take the same room. */
  const queue = new PQueue({ concurrency: 1 });

  const requireRoom = async (upload: NewUpload, all: readonly StoredUpload[]): Promise<void> => {
    const unfinished = all.filter((each) => !isWhole(each));
    await admission.require(unfinished.length + 1);
    await requireUploadRoom(upload, unfinished, options);
  };
  const begin = async (upload: NewUpload): Promise<StoredUpload> => {
    const all = await folders.all();
    const known = upload.key === undefined ? undefined : all.find(({ record }) => isSame(record, upload));
    if (known) return known;
    await requireRoom(upload, all);
    const record = { ...upload, id: randomId() };
    await turns.take(record.id, () => folders.create(record));
    logger.info({ uploadId: record.id, bytes: upload.bytes }, 'upload began');
    return { record, offset: 0, changedAt: Date.now() };
  };
  /** The copy of a large file takes minutes, in which others begin: it counts as an unfinished upload. */
  const place = async (record: UploadRecord, put: (file: string) => Promise<void>): Promise<Job> => {
    await queue.add(async () => {
      await requireRoom(record, await folders.all());
      await folders.prepare(record);
    });
    try {
      await put(folders.fileOf(record.id));
      await folders.sync(record.id);
    } catch (error) {
      await folders.remove(record.id);
      throw error;
    }
    return jobs.submitOwnFile(record);
  };

  return {
    begin: (upload) => queue.add(() => begin(upload)),
    place: (upload, id, put) => turns.take(id, () => place({ ...upload, id }, put)),
  };
}

function isSame({ key, personId, bytes }: UploadRecord, upload: NewUpload): boolean {
  return key === upload.key && personId === upload.personId && bytes === upload.bytes;
}
