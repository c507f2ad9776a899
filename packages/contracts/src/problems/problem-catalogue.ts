import { accessProblems } from './access-problems.ts';
import { deliveryProblems } from './delivery-problems.ts';
import { followingProblems } from './following-problems.ts';
import type { ProblemDefinition } from './problem-definition.ts';
import { sourceProblems } from './source-problems.ts';

/**
 * The catalogue of problems: everything expected that can go wrong, and is shown to people.
 *
 * On the wire a problem is RFC 9457 `application/problem+json` (see {@link ./problem.ts}); `@linkcast/texts` has the
 * sentence for it in every language. `when` documents the entry, in the API description too.
 */
export const problems = {
  // The request itself
  'malformed-request': { status: 400, retryable: false, when: 'The body is not JSON, or the address cannot be read.' },
  'missing-url': { status: 400, retryable: false, when: 'A job was asked for without a url.' },
  'invalid-request': { status: 422, retryable: false, when: 'A field is missing, unknown, or outside its range.' },
  'invalid-url': {
    status: 422,
    retryable: false,
    when: 'The url is no http or https URL, is over 2,048 characters, holds user names, passwords or control characters, or its host cannot be a DNS name.',
  },
  'source-forbidden': {
    status: 403,
    retryable: false,
    when: 'The source, or something it leads to, is at a private address that ALLOW_PRIVATE_SOURCES does not list.',
  },
  'unsupported-media-type': {
    status: 415,
    retryable: false,
    when: 'A body came with another content type than application/json, or application/offset+octet-stream for an upload.',
  },
  'unsupported-protocol': {
    status: 412,
    retryable: false,
    when: 'An upload uses another version of the tus protocol than 1.0.0.',
  },
  'request-too-large': {
    status: 413,
    retryable: false,
    when: 'The body is over 16 kB, or longer than the part of an upload that is missing.',
  },
  'method-not-allowed': { status: 405, retryable: false, when: 'The path exists, but not with this method.' },
  'not-found': { status: 404, retryable: false, when: 'No such job, media item, page or file.' },
  ...accessProblems,
  'too-many-requests': { status: 429, retryable: true, when: 'More requests than the limit for one caller.' },
  conflict: { status: 409, retryable: false, when: 'The job or item is in a state that does not allow this.' },
  'playlist-choice': {
    status: 409,
    retryable: false,
    when: 'The link is a list of videos, and the request asks for a choice: send it again with `playlist=one` or `playlist=all`.',
  },
  ...followingProblems,
  ...deliveryProblems,
  'cookies-refused': {
    status: 422,
    retryable: false,
    when: 'A file with cookies has none that can be used: for the reason in `facts.cookies`.',
  },
  'idempotency-conflict': {
    status: 409,
    retryable: false,
    when: 'The Idempotency-Key was used by the same caller for another request.',
  },
  'lease-lost': {
    status: 409,
    retryable: false,
    when: 'A worker reports on work whose lease has ended, or that another worker has claimed.',
  },
  'queue-full': { status: 503, retryable: true, when: 'Too many jobs are waiting.' },

  ...sourceProblems,

  // Limits
  'over-limit': {
    status: 429,
    retryable: true,
    when: 'The person has reached one of their limits: links in 24 hours, storage, jobs that wait or run.',
  },
  'too-long': { status: 422, retryable: false, when: 'The media is longer than MAX_DURATION.' },
  'too-large': {
    status: 422,
    retryable: false,
    when: 'The media is larger than MAX_SIZE, its picture is larger than 4096 × 2176, its page takes more than 1 GB of memory to read, or its description is over 64 MB.',
  },
  'storage-full': {
    status: 507,
    retryable: true,
    when: 'The disk is fuller than STORAGE_LIMIT, has no room for more files, or has none left for the database.',
  },
  'storage-read-only': {
    status: 503,
    retryable: true,
    when: 'The disk of the database or of the media is read-only: what is there can be watched, and nothing can be changed.',
  },
  'storage-failing': {
    status: 503,
    retryable: true,
    when: 'The disk of the media answered a job with an input/output error.',
  },

  // Our own side
  'program-killed': {
    status: 503,
    retryable: true,
    when: 'A program of the job was killed from outside, by the kernel when memory ran out, for example.',
  },
  'resources-exhausted': {
    status: 503,
    retryable: true,
    when: 'The machine had no file handle, process or thread left for a program of the job.',
  },
  'conversion-failed': { status: 500, retryable: true, when: 'ffmpeg could not read or convert what came.' },
  'verification-failed': {
    status: 500,
    retryable: true,
    when: 'The finished files did not pass the check before publishing.',
  },
  'item-unavailable': {
    status: 409,
    retryable: false,
    when: 'The item whose files a job starts with was deleted or changed, or the files are missing or damaged.',
  },
  'attempts-exhausted': {
    status: 500,
    retryable: true,
    when: 'The job was interrupted three times, by a crash or a power cut.',
  },
  'media-missing': {
    status: 503,
    retryable: true,
    when: 'MEDIA_DIR does not hold the library of this installation: a disk is not mounted, or it is the wrong one.',
  },
  'station-unavailable': { status: 503, retryable: true, when: 'The radio station does not answer.' },
  'server-starting': {
    status: 503,
    retryable: true,
    when: 'The edge answers, but yt-app behind it does not: it is starting, or stopped.',
  },
  'downloader-unavailable': {
    status: 503,
    retryable: true,
    when: 'yt-dlp is missing, or older than the oldest safe version.',
  },
  'database-unavailable': {
    status: 503,
    retryable: true,
    when: 'The database server (DATABASE_URL) cannot be reached, or has ended the connection.',
  },
  internal: { status: 500, retryable: true, when: 'A bug of ours. The log has the details.' },
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemType = keyof typeof problems;

export const problemTypes = Object.keys(problems) as [ProblemType, ...ProblemType[]];
