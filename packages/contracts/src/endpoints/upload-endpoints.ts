import { Upload, UPLOAD_CONTENT } from '../jobs/upload.ts';
import type { Endpoint } from './endpoint.ts';
import { recordParams } from './path-parameters.ts';

const OFFSET = 'Bytes that have come before.';

/** Uploads of own files, by tus 1.0 (creation, expiration, termination). Each is for the person who began it alone. */
export const uploadEndpoints = {
  createUpload: {
    method: 'post',
    path: '/api/uploads',
    right: 'add',
    forPeople: true,
    summary: 'Begin the upload of a file, which becomes a job when it is whole; `Location` is its address',
    headers: {
      'Idempotency-Key':
        '1 to 200 printable characters; the same key of the same person gives the same upload, while that exists.',
      'Upload-Length': 'Bytes of the file.',
      'Upload-Metadata':
        'Pairs of a name and a value in base64, separated by commas: `filename`, `filetype`, `type` (`video` or `audio`), `visibility`.',
    },
    success: 201,
    answer: Upload,
    problems: [
      'invalid-request',
      'unsupported-protocol',
      'too-large',
      'over-limit',
      'too-many-requests',
      'queue-full',
      'downloader-unavailable',
      'media-missing',
      'storage-full',
    ],
  },
  getUpload: {
    method: 'get',
    path: '/api/uploads/:id',
    right: 'add',
    forPeople: true,
    summary: 'How much of an upload has come; HEAD answers by `Upload-Offset`. Ends a request that still sends bytes',
    params: recordParams,
    success: 200,
    answer: Upload,
    problems: ['not-found', 'media-missing'],
  },
  continueUpload: {
    method: 'patch',
    path: '/api/uploads/:id',
    right: 'add',
    forPeople: true,
    summary: 'Send bytes of an upload',
    headers: { 'Upload-Offset': OFFSET },
    params: recordParams,
    consumes: UPLOAD_CONTENT,
    success: 204,
    problems: [
      'not-found',
      'invalid-request',
      'unsupported-media-type',
      'unsupported-protocol',
      'conflict',
      'request-too-large',
      'media-missing',
      'storage-full',
    ],
  },
  endUpload: {
    method: 'delete',
    path: '/api/uploads/:id',
    right: 'add',
    forPeople: true,
    summary: 'Give up an upload that is not whole',
    params: recordParams,
    success: 204,
    problems: ['not-found', 'conflict'],
  },
} as const satisfies Record<string, Endpoint>;
