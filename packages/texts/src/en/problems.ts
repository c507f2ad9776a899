import { formatsOf } from '../formats.ts';
import { limitFormat, type ProblemText } from '../problem-text.ts';
import type { ProblemLimit, ProblemType } from '@linkcast/contracts';

const limitOf = limitFormat(formatsOf('en'), { pixels: 'pixels' });
const of = (limit: ProblemLimit | undefined): string => (limit === undefined ? '' : ` of ${limitOf(limit)}`);

export const problems: Readonly<Record<ProblemType, ProblemText>> = {
  'malformed-request': {
    title: 'Malformed request',
    sentence: () => 'The request could not be read. Send JSON, for example {"url": "https://…", "type": "video"}.',
  },
  'missing-url': { title: 'Missing url', sentence: () => "Missing 'url' parameter" },
  'invalid-request': {
    title: 'Invalid request',
    sentence: () => 'The request has fields that are missing, unknown or out of range.',
  },
  'invalid-url': {
    title: 'Invalid link',
    sentence: () => 'That is not a link I can open. Send a full web address that begins with https:// or http://.',
  },
  'source-forbidden': {
    title: 'Private address',
    sentence: () =>
      'That link leads into a private network, and I only download from the public internet. The owner can allow the address with ALLOW_PRIVATE_SOURCES.',
  },
  'unsupported-media-type': {
    title: 'Unsupported media type',
    sentence: () => 'Send the request as application/json.',
  },
  'request-too-large': {
    title: 'Request too large',
    sentence: () => 'The request is too large. A link and a type are all I need.',
  },
  'method-not-allowed': { title: 'Method not allowed', sentence: () => 'That cannot be done with this address.' },
  'not-found': { title: 'Not found', sentence: () => 'There is nothing here. It may have been deleted.' },
  unauthorized: {
    title: 'Not signed in',
    sentence: () => 'Sign in first: send the bot /signin and open the link that it answers.',
  },
  'sign-in-refused': {
    title: 'Not signed in',
    sentence: () => 'That did not work: each code is good once, and not for long. Send the bot /signin for a new one.',
  },
  forbidden: { title: 'Not allowed', sentence: () => 'You may not do this here.' },
  'too-many-requests': {
    title: 'Too many requests',
    sentence: () => 'That was a little fast. Wait a moment and try again.',
  },
  conflict: {
    title: 'Not possible now',
    sentence: () => 'That is not possible right now. It may have ended or changed meanwhile.',
  },
  'idempotency-conflict': {
    title: 'Key used before',
    sentence: () => 'That Idempotency-Key belongs to another request. Use a new key for each request.',
  },
  'lease-lost': {
    title: 'Lease lost',
    sentence: () => 'This worker no longer has the lease on that work.',
  },
  'queue-full': {
    title: 'Queue full',
    sentence: () => 'So many jobs are waiting that I take no more for now. Try again in a while.',
  },

  'source-not-found': {
    title: 'Not found at the source',
    sentence: () => 'There is nothing at that link: it may have been removed, or the address is mistyped.',
  },
  'source-private': {
    title: 'Private at the source',
    sentence: () => 'That video is private, or for members of the channel only.',
  },
  'source-login': {
    title: 'Login needed at the source',
    sentence: () => 'The site wants a login before it shows this. I have none; another link may work.',
  },
  'source-age-restricted': {
    title: 'Age restricted',
    sentence: () => 'The site wants proof of age for this one, and I have none.',
  },
  'source-geo-blocked': {
    title: 'Not shown in this country',
    sentence: () => 'The site does not show this in our country.',
  },
  'source-rate-limited': {
    title: 'Slowed down by the source',
    sentence: () => 'The site asks us to slow down. Try again in an hour.',
  },
  'source-unsupported': { title: 'No media found', sentence: () => 'I found no video or audio at that link.' },
  'source-drm': { title: 'Protected by DRM', sentence: () => 'That one is protected by DRM and cannot be downloaded.' },
  'source-not-media': {
    title: 'Not media',
    sentence: () => 'The link promised media but served something else, such as a web page.',
  },
  'source-live': {
    title: 'Live broadcast',
    sentence: () => 'That is a live or upcoming broadcast. Send the link again when it has ended.',
  },
  'source-unreachable': {
    title: 'Source unreachable',
    sentence: () => 'The site could not be reached. Check the link, or try again in a while.',
  },
  'source-stalled': {
    title: 'Source stalled',
    sentence: () => 'The site stopped sending in the middle. Try again in a while.',
  },
  'source-truncated': {
    title: 'Source incomplete',
    sentence: () => 'The file at the source ends before the media does. Try again, or try another link.',
  },
  'source-extractor': {
    title: 'Site not understood',
    sentence: () =>
      'The site has changed and I do not understand it yet. The owner can update the downloader; that usually helps.',
  },

  'too-long': { title: 'Too long', sentence: ({ limit }) => `That is longer than the limit${of(limit)}.` },
  'too-large': { title: 'Too large', sentence: ({ limit }) => `That is larger than the limit${of(limit)}.` },
  'storage-full': {
    title: 'Storage full',
    sentence: () => 'The disk is nearly full. Delete something from the library, then try again.',
  },

  'conversion-failed': {
    title: 'Conversion failed',
    sentence: () => 'The media could not be converted. It may be damaged; try again, or try another link.',
  },
  'verification-failed': {
    title: 'Check failed',
    sentence: () => 'The finished files did not pass the check, so I did not publish them. Try again.',
  },
  'attempts-exhausted': {
    title: 'Interrupted too often',
    sentence: () => 'The work was interrupted three times. Try again when the server is well.',
  },
  'media-missing': {
    title: 'Library not there',
    sentence: () =>
      'The folder of the library is not there; its disk may not be mounted. Nothing was deleted, and I go on by myself when it is back.',
  },
  'station-unavailable': {
    title: 'Station unavailable',
    sentence: () => 'The radio does not answer just now. It comes back by itself; try again in a minute.',
  },
  'server-starting': {
    title: 'Server starting',
    sentence: () => 'The server does not answer just now. It usually comes back within a minute; try again.',
  },
  'downloader-unavailable': {
    title: 'Downloader unavailable',
    sentence: () =>
      'The downloader is missing or too old to be safe, so I take no jobs. The owner finds the details with make doctor.',
  },
  internal: {
    title: 'Internal error',
    sentence: () => 'Something broke on our side. Try again; if it stays so, the owner finds the reason in the log.',
  },
};
