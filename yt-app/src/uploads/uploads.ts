import type { Readable } from 'node:stream';
import { Problem, type Job, type Upload } from '@linkcast/contracts';
import type { JobService } from '../jobs/job-service.ts';
import type { StorageGuard } from '../pipeline/limits/storage-guard.ts';
import { createUploadBeginnings, type NewUpload, type UploadBeginningsOptions } from './upload-beginnings.ts';
import { createUploadFolders, type StoredUpload } from './upload-folders.ts';
import { createUploadTurns } from './upload-turns.ts';
import { isOver, isWhole, uploadView } from './upload-view.ts';
import { writeUploadPart, type UploadPart } from './upload-writer.ts';

/** Bytes of an upload. */
export interface UploadBytes {
  /** The place of the first one. */
  readonly offset: number;
  /** Of the body as announced; null: unknown. */
  readonly length: number | null;
  readonly body: Readable;
}

/** Files on their way from people. A whole one becomes a job. What is of somebody else does not exist: `not-found`. */
export interface Uploads {
  begin(upload: NewUpload): Promise<Upload>;
  /** Ends a request that still sends bytes, so that the offset is final. */
  find(id: string, personId: string): Promise<Upload>;
  /** @throws {Problem} conflict when the bytes do not begin where those before end. */
  add(id: string, personId: string, bytes: UploadBytes): Promise<Upload>;
  /** Gives up an upload. @throws {Problem} conflict when it has a job. */
  end(id: string, personId: string): Promise<void>;
  /**
   * Takes a whole file of this machine, and makes its job.
   *
   * @param id the same for the same file.
   * @param put places the file at a path.
   */
  place(upload: NewUpload, id: string, put: (file: string) => Promise<void>): Promise<Job>;
  /** Makes the jobs of whole files that have none, and removes what nobody needs any more. */
  tidy(): Promise<void>;
}

export interface UploadsOptions extends UploadBeginningsOptions {
  readonly mediaDir: string;
  readonly jobs: Pick<JobService, 'submitOwnFile' | 'ofOwnFile'>;
  readonly storage: Pick<StorageGuard, 'check' | 'roomBytes'>;
  /** Reports whether the media volume is present. */
  readonly isMediaPresent: () => boolean;
  /** Milliseconds since 1970. Default Date.now. */
  readonly clock?: () => number;
  /** Milliseconds for which a client may send nothing. Default: a minute. */
  readonly stallMs?: number;
}

const STALL_MS = 60_000;

export function createUploads(options: UploadsOptions): Uploads {
  const { mediaDir, jobs, storage, isMediaPresent, logger, clock = Date.now, stallMs = STALL_MS } = options;
  const folders = createUploadFolders(mediaDir);
  const turns = createUploadTurns();
  const beginnings = createUploadBeginnings(options, { folders, turns });

  const submit = ({ record }: StoredUpload): Promise<Job> => jobs.submitOwnFile(record);
  const jobOf = async (upload: StoredUpload): Promise<Job | undefined> =>
    isWhole(upload) ? ((await jobs.ofOwnFile(upload.record.id)) ?? submit(upload)) : undefined;
  const require = async (id: string, personId: string): Promise<StoredUpload> => {
    if (!isMediaPresent()) throw new Problem('media-missing');
    const found = await folders.find(id);
    if (found?.record.personId !== personId) throw new Problem('not-found');
    return found;
  };
  const view = async (upload: StoredUpload): Promise<Upload> => uploadView(upload, await jobOf(upload));

  const add = async (upload: StoredUpload, bytes: UploadBytes, signal: AbortSignal): Promise<Upload> => {
    const file = folders.fileOf(upload.record.id);
    const offset = await receive(upload, bytes, { file, signal, storage, stallMs });
    if (offset === upload.record.bytes) logger.info({ uploadId: upload.record.id, bytes: offset }, 'upload whole');
    return view({ ...upload, offset, changedAt: clock() });
  };
  /** Decides about one upload, while no request uses it. */
  const tidyOne = async (id: string): Promise<void> => {
    const upload = await folders.find(id);
    const job = upload && (await jobOf(upload));
    if (upload && !isOver(upload, job, clock())) return;
    await folders.remove(id);
    logger.info({ uploadId: id, jobId: job?.id }, 'upload removed');
  };

  return {
    begin: async (upload) => view(await beginnings.begin(upload)),
    place: (...placement) => beginnings.place(...placement),
    async find(id, personId) {
      await require(id, personId); // nobody else ends a request of the person
      return turns.take(id, async () => view(await require(id, personId)));
    },
    async add(id, personId, bytes) {
      await require(id, personId);
      return turns.take(id, async (signal) => add(await require(id, personId), bytes, signal));
    },
    async end(id, personId) {
      await require(id, personId);
      await turns.take(id, async () => {
        if (isWhole(await require(id, personId))) throw new Problem('conflict');
        await folders.remove(id);
      });
    },
    async tidy() {
      for (const id of await folders.ids()) if (!turns.isTaken(id)) await turns.take(id, () => tidyOne(id));
    },
  };
}

interface Receiver extends Pick<UploadPart, 'file' | 'signal' | 'stallMs'> {
  readonly storage: Pick<StorageGuard, 'check'>;
}

/** Writes bytes behind those that have come. @returns how many there are then. */
async function receive(
  { record: { bytes }, offset: end }: StoredUpload,
  { offset, length, body }: UploadBytes,
  { storage, ...receiver }: Receiver,
): Promise<number> {
  if (offset !== end) throw new Problem('conflict');
  if ((length ?? 0) > bytes - offset) throw new Problem('request-too-large');
  await storage.check(bytes - offset);
  return writeUploadPart({ ...receiver, offset, bytes, body, checkRoom: () => storage.check() });
}
