/**
 * The catalogue of problems: everything expected that can go wrong, and is shown to people.
 *
 * On the wire a problem is RFC 9457 `application/problem+json` (see {@link ./problem.ts}); `@linkcast/texts` has the
 * sentence for it in every language. `when` documents the entry, in the API description too.
 */

export interface ProblemDefinition {
  /** HTTP status when the problem answers a request; for a failed job, the status it would have had. */
  readonly status: number;
  /** True when the same request may succeed later without any change. */
  readonly retryable: boolean;
  /** The situation in which it occurs. */
  readonly when: string;
}

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
    when: 'A body came with another content type than application/json.',
  },
  'request-too-large': { status: 413, retryable: false, when: 'The body is over 16 kB.' },
  'method-not-allowed': { status: 405, retryable: false, when: 'The path exists, but not with this method.' },
  'not-found': { status: 404, retryable: false, when: 'No such job, media item, page or file.' },
  unauthorized: { status: 401, retryable: false, when: 'No key or session, or a wrong one.' },
  forbidden: { status: 403, retryable: false, when: 'The caller is known, but may not do this.' },
  'sign-in-refused': {
    status: 403,
    retryable: false,
    when: 'A sign-in code is wrong, used or too old, or initData is altered, too old, or of somebody who is not a member.',
  },
  'passkey-refused': {
    status: 403,
    retryable: false,
    when: 'A passkey is unknown, revoked or of a removed person, or what its authenticator answers does not fit: another challenge, site, signature or user, no check of the user, or a counter that did not grow.',
  },
  'not-invited': {
    status: 403,
    retryable: false,
    when: 'The bot acts for a Telegram account of nobody who was let in, or whose person was removed.',
  },
  'invitation-refused': {
    status: 403,
    retryable: false,
    when: 'An invitation is unknown, used up, expired or revoked.',
  },
  'last-owner': {
    status: 409,
    retryable: false,
    when: 'The last owner besides the console would be removed or become a member, or the owner at the console.',
  },
  'too-many-requests': { status: 429, retryable: true, when: 'More requests than the limit for one caller.' },
  conflict: { status: 409, retryable: false, when: 'The job or item is in a state that does not allow this.' },
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

  // The source
  'source-not-found': {
    status: 404,
    retryable: false,
    when: 'The source answers 404 or 410, or the video was removed.',
  },
  'source-private': { status: 403, retryable: false, when: 'The source is private or for members only.' },
  'source-login': { status: 403, retryable: false, when: 'The source wants a login, or proof that nobody is a robot.' },
  'source-age-restricted': { status: 403, retryable: false, when: 'The source wants proof of age.' },
  'source-geo-blocked': { status: 403, retryable: false, when: 'The source is not shown in this country.' },
  'source-rate-limited': { status: 429, retryable: true, when: 'The source asks us to slow down.' },
  'source-unsupported': {
    status: 422,
    retryable: false,
    when: 'There is no media at the link, or the site is not supported.',
  },
  'source-drm': { status: 422, retryable: false, when: 'The media is protected by DRM.' },
  'source-not-media': {
    status: 422,
    retryable: false,
    when: 'What the source served as media is not (a web page, for example).',
  },
  'source-live': { status: 422, retryable: false, when: 'The source is a live or upcoming broadcast, without an end.' },
  'source-unreachable': {
    status: 502,
    retryable: true,
    when: 'The source cannot be reached: DNS, connection, TLS, or a 5xx.',
  },
  'source-stalled': { status: 504, retryable: true, when: 'The source sent nothing for too long.' },
  'source-truncated': { status: 502, retryable: true, when: 'The source ended before the media was whole.' },
  'source-extractor': {
    status: 502,
    retryable: true,
    when: 'The site has changed and the downloader does not understand it yet.',
  },

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
    when: 'The media is larger than MAX_SIZE, its picture than 4096 × 2176, or its page takes more than 1 GB to read.',
  },
  'storage-full': { status: 507, retryable: true, when: 'The disk is fuller than STORAGE_LIMIT.' },

  // Our own side
  'conversion-failed': { status: 500, retryable: true, when: 'ffmpeg could not read or convert what came.' },
  'verification-failed': {
    status: 500,
    retryable: true,
    when: 'The finished files did not pass the check before publishing.',
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
