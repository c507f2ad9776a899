import { UPLOAD_CONTENT } from '../jobs/upload.ts';
import type { MediaType } from '../library/media.ts';
import type { CallEndpoint } from './transport.ts';

/** A file that a part uploads for a person. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: number;
  readonly type: MediaType;
}

/** A large file on a slow line takes minutes. */
const SEND_LIMIT_MS = 600_000;

/** The calls by which a part uploads a file; pages use a client of tus. */
export function createUploadCalls(call: CallEndpoint) {
  return {
    /** The same key gives the same upload, while that exists. */
    beginUpload: ({ name, bytes, type }: UploadedFile, idempotencyKey: string, signal?: AbortSignal) =>
      call(
        'createUpload',
        {},
        {
          signal,
          headers: {
            'idempotency-key': idempotencyKey,
            'upload-length': String(bytes),
            'upload-metadata': `filename ${base64(name)},type ${base64(type)}`,
          },
        },
      ),
    getUpload: (id: string, signal?: AbortSignal) => call('getUpload', { id }, { signal }),
    /** @param body a stream of Node.js with the bytes from the offset on. */
    sendUploadBytes: (id: string, { offset, body }: { offset: number; body: unknown }, signal?: AbortSignal) =>
      call(
        'continueUpload',
        { id, body },
        {
          signal,
          timeoutMs: SEND_LIMIT_MS,
          headers: { 'content-type': UPLOAD_CONTENT, 'upload-offset': String(offset) },
        },
      ),
  };
}

function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
