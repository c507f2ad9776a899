import type { ProblemDefinition } from './problem-definition.ts';

/** Problems whose cause is the source: a page, or the media behind it. */
export const sourceProblems = {
  'source-not-found': {
    status: 404,
    retryable: false,
    when: 'The source answers 404 or 410, or the video was removed.',
  },
  'source-private': { status: 403, retryable: false, when: 'The source is private or for members only.' },
  'source-refused': { status: 403, retryable: false, when: 'The source answers 403, and does not say why.' },
  'source-login': { status: 403, retryable: false, when: 'The source wants a login.' },
  'source-age-restricted': { status: 403, retryable: false, when: 'The source wants proof of age.' },
  'source-geo-blocked': { status: 403, retryable: false, when: 'The source is not shown in this country.' },
  'source-rate-limited': { status: 429, retryable: true, when: 'The source asks us to slow down.' },
  'source-captcha': { status: 429, retryable: true, when: 'The source wants proof that a person asks.' },
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
  'source-upcoming': { status: 422, retryable: true, when: 'The broadcast is announced, and has not begun.' },
  'source-live': {
    status: 422,
    retryable: false,
    when: 'The broadcast cannot be recorded in the form in which it comes.',
  },
  'source-unreachable': {
    status: 502,
    retryable: true,
    when: 'The source cannot be reached: DNS, connection, TLS, or a 5xx.',
  },
  'outbound-proxy-failed': {
    status: 502,
    retryable: true,
    when: 'The outbound proxy of a way refuses the connection, does not answer in time, or answers with something else.',
  },
  'source-stalled': { status: 504, retryable: true, when: 'The source sent nothing for too long.' },
  'source-truncated': { status: 502, retryable: true, when: 'The source ended before the media was whole.' },
  'source-damaged': {
    status: 502,
    retryable: true,
    when: 'More than 5 % of the media came damaged: it cannot be decoded.',
  },
  'source-unknown': {
    status: 409,
    retryable: false,
    when: 'The item has no source that can be asked again: it was made of an own file, or its link was lost with the database.',
  },
  'source-not-better': {
    status: 409,
    retryable: false,
    when: 'The source of an item offers nothing that the item does not have.',
  },
  'source-changed': {
    status: 409,
    retryable: false,
    when: 'The source of an item has another length now: what it offers does not fit the files of the item.',
  },
  'source-extractor': {
    status: 502,
    retryable: true,
    when: 'The site has changed and the downloader does not understand it yet.',
  },
} as const satisfies Record<string, ProblemDefinition>;
