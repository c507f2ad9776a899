import type { Job, Upload } from '@linkcast/contracts';
import type { StoredUpload } from './upload-folders.ts';

/** An upload that gets no bytes is removed after so long. */
const UNFINISHED_MS = 24 * 3_600_000;
/** The file of a job that failed or was cancelled is kept so long, for a retry. */
const KEPT_MS = 7 * 24 * 3_600_000;
/** That of a ready job, for a client that has lost the last answer and asks again. */
const ANSWERABLE_MS = 120_000;

/** Reports whether all bytes have come. */
export function isWhole({ record, offset }: StoredUpload): boolean {
  return offset === record.bytes;
}

/** Reports whether nobody needs an upload any more. @param job of a whole one. @param now milliseconds since 1970. */
export function isOver({ changedAt }: StoredUpload, job: Job | undefined, now: number): boolean {
  if (!job) return now - changedAt > UNFINISHED_MS;
  const keptMs = job.state === 'ready' ? ANSWERABLE_MS : KEPT_MS;
  return job.finishedAt !== null && now - Date.parse(job.finishedAt) > keptMs;
}

/** An upload as the API shows it. @param job of a whole one. */
export function uploadView(upload: StoredUpload, job: Job | undefined): Upload {
  const { id, title, type, bytes } = upload.record;
  const expiresAt = isWhole(upload) ? null : new Date(upload.changedAt + UNFINISHED_MS).toISOString();
  return { id, title, type, bytes, offset: upload.offset, expiresAt, jobId: job?.id ?? null };
}
