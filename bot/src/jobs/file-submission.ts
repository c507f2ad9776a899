import { ApiUnavailable, type ApiClient, type Job } from '@linkcast/contracts';
import type { FileSource } from '../requests/file-source.ts';
import type { MediaRequest } from '../requests/media-request.ts';
import type { TelegramFiles } from '../telegram/telegram-files.ts';

export type FileCalls = Pick<ApiClient, 'beginUpload' | 'sendUploadBytes' | 'getUpload' | 'getJob'>;

/**
 * Passes the file of a message on to yt-app. An upload that was interrupted is continued: the key of the request is that of the upload.
 *
 * @throws the errors of the API client, and those of {@link TelegramFiles.open}.
 */
export async function submitFile(
  { key, type }: Pick<MediaRequest, 'key' | 'type'>,
  { fileId, name }: FileSource,
  { api, files }: { readonly api: FileCalls; readonly files: TelegramFiles },
  signal: AbortSignal,
): Promise<Job> {
  const file = await files.open(fileId, signal);
  try {
    const { id, offset } = await api.beginUpload({ name, type, bytes: file.bytes }, key, signal);
    if (offset < file.bytes) await api.sendUploadBytes(id, { offset, body: file.read(offset) }, signal);
    const { jobId } = await api.getUpload(id, signal);
    if (jobId === null) throw new ApiUnavailable('the file has not come whole');
    return await api.getJob(jobId);
  } finally {
    await file.close();
  }
}
