import { formatsOf } from '../formats/formats.ts';
import { limitFormat, overLimitSentence, type ProblemText } from '../problem-text.ts';
import type { CookieFault, ProblemLimit, ProblemType } from '@linkcast/contracts';

const formats = formatsOf('en');
const limitOf = limitFormat(formats, { pixels: 'pixels' });
const of = (limit: ProblemLimit | undefined): string => (limit === undefined ? '' : ` of ${limitOf(limit)}`);

const cookieFaults: Readonly<Record<CookieFault, string>> = {
  unreadable: 'The file has no cookies that I can read. Export it as cookies.txt, in the Netscape format.',
  'other-site': 'The file has no cookies of this site.',
  'several-sites': 'The file has cookies of several sites. Say of which they are to be used.',
  'too-many': 'The file has too many cookies of this site.',
  expired: 'All cookies in the file have expired. Sign in at the site again, and export them anew.',
};

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
    sentence: () => 'This is not a link I can open. Send a full web address that starts with https:// or http://.',
  },
  'source-forbidden': {
    title: 'Private address',
    sentence: () =>
      'This link leads to a private network, and I download only from the public internet. The owner can allow the address with ALLOW_PRIVATE_SOURCES.',
  },
  'unsupported-media-type': {
    title: 'Unsupported media type',
    sentence: () => 'Send the request as application/json.',
  },
  'unsupported-protocol': {
    title: 'Unsupported protocol',
    sentence: () => 'I support uploads by version 1.0.0 of the tus protocol only.',
  },
  'request-too-large': {
    title: 'Request too large',
    sentence: () => 'The request is too large. I need only a link and a type.',
  },
  'method-not-allowed': { title: 'Method not allowed', sentence: () => 'This address does not support that method.' },
  'not-found': { title: 'Not found', sentence: () => 'Not found. It may have been deleted.' },
  unauthorized: {
    title: 'Not signed in',
    sentence: () => 'Sign in first: send the bot /signin and open the link you get.',
  },
  'sign-in-refused': {
    title: 'Signing in failed',
    sentence: () =>
      'Signing in failed: each code works once, and only for a short time. Send the bot /signin to get a new one.',
  },
  forbidden: { title: 'Not allowed', sentence: () => 'You are not allowed to do this.' },
  'passkey-refused': {
    title: 'Passkey not accepted',
    sentence: () =>
      'This passkey was not accepted. It may have been revoked, or it took too long. Try again, or sign in with a code.',
  },
  'not-invited': {
    title: 'Not invited',
    sentence: () => 'I do not know this account. Ask an owner for an invitation.',
  },
  'invitation-refused': {
    title: 'Invitation not valid',
    sentence: () => 'This invitation is not valid: it was used up, revoked, or is too old. Ask for a new one.',
  },
  'telegram-link-refused': {
    title: 'Link not valid',
    sentence: () =>
      'This link does not work any more: it has expired, or another account has opened it. Make a new one on the site.',
  },
  'telegram-taken': {
    title: 'Account of somebody else',
    sentence: () =>
      'This Telegram account already belongs to another person here, and nothing was changed. To keep only the person on the site, ask an owner to remove the other one, and connect again.',
  },
  'last-way-in': {
    title: 'The only way in',
    sentence: () => 'This is your only way to sign in. Add another one first: a passkey, or Telegram.',
  },
  'last-owner': {
    title: 'Last owner',
    sentence: () =>
      'Somebody has to stay the owner: make another person an owner first. The owner at the machine itself always stays.',
  },
  'too-many-requests': {
    title: 'Too many requests',
    sentence: () => 'Too many requests. Wait a moment and try again.',
  },
  conflict: {
    title: 'Not possible now',
    sentence: () => 'This is not possible right now. It may have finished or changed in the meantime.',
  },
  'playlist-choice': {
    title: 'Which videos?',
    sentence: ({ videos }) =>
      `This link is a list${videos === undefined ? '' : ` of ${formats.counted(videos, { one: 'video', other: 'videos' })}`}. Choose one video or all of them.`,
  },
  'not-a-list': {
    title: 'Not a list',
    sentence: () => 'This link is one video. Only a channel, a playlist or a feed can be followed.',
  },
  'already-followed': { title: 'Already followed', sentence: () => 'You follow this list already.' },
  'too-many-followed': {
    title: 'Too many lists',
    sentence: () => 'You follow 100 lists, and more are not possible. Stop following one first.',
  },
  'delivery-unconfirmed': {
    title: 'Key not confirmed',
    sentence: () =>
      'Nobody has confirmed the key of this server yet. Test the connection, compare the key with that of the server, and confirm it.',
  },
  'delivery-host-key': {
    title: 'Another server',
    sentence: () =>
      'The server shows another key than the confirmed one, so nothing was sent. Somebody may be in between, or the server was set up anew. Compare the keys before you confirm the new one.',
  },
  'delivery-login': {
    title: 'Login refused',
    sentence: () => 'The server refuses the user, the password or the key.',
  },
  'delivery-unreachable': {
    title: 'Server not reachable',
    sentence: () => 'The server of the delivery cannot be reached, or does not answer.',
  },
  'delivery-refused': {
    title: 'Writing refused',
    sentence: () => 'The file cannot be written there. Check the folder and its permissions.',
  },
  'delivery-full': {
    title: 'Target full',
    sentence: () => 'There is no room left where the file should go.',
  },
  'delivery-mismatch': {
    title: 'Delivery damaged',
    sentence: () => 'The file that arrived is not the one that was sent.',
  },
  'delivery-folder-unset': {
    title: 'No folder for deliveries',
    sentence: () => 'There is no folder for deliveries here. Set DELIVERY_DIR, and check that its disk is mounted.',
  },
  'too-many-targets': {
    title: 'Too many targets',
    sentence: () => 'There are 20 delivery targets, which is the most.',
  },
  'cookies-refused': {
    title: 'Cookies not taken',
    sentence: ({ cookies }) => (cookies === undefined ? 'The cookies were not taken.' : cookieFaults[cookies]),
  },
  'idempotency-conflict': {
    title: 'Key used before',
    sentence: () => 'This Idempotency-Key was used for another request. Use a new key for each request.',
  },
  'lease-lost': {
    title: 'Lease lost',
    sentence: () => 'This worker no longer has the lease on that work.',
  },
  'queue-full': {
    title: 'Queue full',
    sentence: () => 'The queue is full. Try again later.',
  },

  'source-not-found': {
    title: 'Not found at the source',
    sentence: () => 'Nothing was found at this link. It may have been removed, or the address is wrong.',
  },
  'source-private': {
    title: 'Private at the source',
    sentence: () => 'This video is private, or only for members of the channel.',
  },
  'source-refused': {
    title: 'Refused by the source',
    sentence: () =>
      'The site refuses this server and does not say why. It may want a login, or take the server for a robot.',
  },
  'source-login': {
    title: 'Login needed at the source',
    sentence: () => 'The site shows this only after a login, and I have none. Another link may work.',
  },
  'source-age-restricted': {
    title: 'Age restricted',
    sentence: () => 'The site asks for proof of age, and I have none.',
  },
  'source-geo-blocked': {
    title: 'Not available in this country',
    sentence: () => 'The site does not offer this in the country of this server.',
  },
  'source-rate-limited': {
    title: 'Too many requests to the source',
    sentence: () => 'The site has received too many requests from this server.',
  },
  'source-captcha': {
    title: 'The site asks for proof of a person',
    sentence: () =>
      'The site takes this server for a robot, and asks for proof that a person is there. That often passes after some time.',
  },
  'source-unsupported': { title: 'No media found', sentence: () => 'I found no video or audio at this link.' },
  'source-drm': { title: 'Protected by DRM', sentence: () => 'This is protected by DRM and cannot be downloaded.' },
  'source-not-media': {
    title: 'Not media',
    sentence: () => 'The link delivered something other than media, such as a web page.',
  },
  'source-upcoming': {
    title: 'Announced broadcast',
    sentence: ({ startsAt }) =>
      startsAt === undefined
        ? 'This broadcast has not begun yet.'
        : `This broadcast begins on ${formats.deadline(startsAt)}.`,
  },
  'source-live': {
    title: 'Live broadcast',
    sentence: () => 'This broadcast comes in a form that cannot be recorded. Send the link again when it has ended.',
  },
  'source-unreachable': {
    title: 'Source unreachable',
    sentence: () => 'The site could not be reached. It may be down, or the link may be wrong.',
  },
  'outbound-proxy-failed': {
    title: 'Outbound proxy does not work',
    sentence: () =>
      'The outbound proxy by which the site was to be reached does not work. The owner can check it in the settings.',
  },
  'source-stalled': {
    title: 'Source stalled',
    sentence: () => 'The site stopped sending data.',
  },
  'source-truncated': {
    title: 'Source incomplete',
    sentence: () => 'The file at the source is incomplete.',
  },
  'source-damaged': {
    title: 'Source damaged',
    sentence: ({ damagedSeconds }) =>
      `Part of the file at the source is damaged${damagedSeconds === undefined ? '' : `: ${formats.duration(damagedSeconds)} of it cannot be played`}. It was not added.`,
  },
  'source-unknown': {
    title: 'No source',
    sentence: () => 'There is no link from which this could be fetched again.',
  },
  'source-not-better': {
    title: 'Nothing better',
    sentence: () => 'The source has nothing better than what is here. Nothing was changed.',
  },
  'source-changed': {
    title: 'Source changed',
    sentence: () => 'The link leads to something of another length now. Nothing was changed.',
  },
  'source-extractor': {
    title: 'Site not supported yet',
    sentence: () =>
      'The site has changed, and the downloader does not support it yet. The owner can update the downloader; that usually helps.',
  },

  'over-limit': {
    title: 'Limit reached',
    sentence: overLimitSentence(formats, {
      jobsPerDay: (used, limit, freeAt) =>
        `You have sent ${formats.counted(used, { one: 'link', other: 'links' })} in the last 24 hours, and your limit is ${limit}.${freeAt === null ? '' : ` The next one is possible from ${freeAt}.`}`,
      storageBytes: (used, limit) =>
        `Your items take ${used}, and your limit is ${limit}. Delete some of them, then try again.`,
      openJobs: (used, limit) =>
        `You have ${formats.counted(used, { one: 'unfinished download', other: 'unfinished downloads' })}, and your limit is ${limit}. Send the next link when one of them has finished.`,
      any: 'You have reached one of your limits. Try again later.',
    }),
  },
  'too-long': { title: 'Too long', sentence: ({ limit }) => `This is longer than the limit${of(limit)}.` },
  'too-large': { title: 'Too large', sentence: ({ limit }) => `This is larger than the limit${of(limit)}.` },
  'storage-full': {
    title: 'Storage full',
    sentence: () => 'The disk is almost full. Delete something from the library and empty the trash.',
  },
  'storage-read-only': {
    title: 'Nothing can be saved',
    sentence: () =>
      'The disk of the server is read-only, so nothing can be added or changed. What is in the library can be watched.',
  },
  'storage-failing': {
    title: 'The disk reports errors',
    sentence: () => 'A disk of the server could not be read or written. It may be failing: its owner should check it.',
  },

  'program-killed': {
    title: 'Program ended',
    sentence: () =>
      'The download was interrupted: a program on this server was ended before it had finished, for example because memory ran out.',
  },
  'resources-exhausted': {
    title: 'Server overloaded',
    sentence: () => 'This server had too much to do at once and could not start what the download needs.',
  },
  'conversion-failed': {
    title: 'Conversion failed',
    sentence: () => 'The media could not be converted. It may be damaged.',
  },
  'verification-failed': {
    title: 'Check failed',
    sentence: () => 'The finished files did not pass the final check, so they were not added. Try again.',
  },
  'item-unavailable': {
    title: 'Item not usable',
    sentence: () => 'The item was deleted or changed meanwhile, or its files are damaged. Nothing was changed.',
  },
  'attempts-exhausted': {
    title: 'Interrupted too often',
    sentence: () => 'The job was interrupted three times. Try again when the server is stable.',
  },
  'media-missing': {
    title: 'Library not found',
    sentence: () =>
      'The library folder is missing; its disk may not be mounted. Nothing was deleted, and Linkcast will continue when the folder is back.',
  },
  'station-unavailable': {
    title: 'Station unavailable',
    sentence: () => 'The radio is not responding. Try again in a minute.',
  },
  'server-starting': {
    title: 'Server starting',
    sentence: () => 'The server is not responding. It is usually back within a minute; try again.',
  },
  'downloader-unavailable': {
    title: 'Downloader unavailable',
    sentence: () =>
      'The downloader is missing, or too old to be safe, so no jobs are accepted. The owner can run make doctor for details.',
  },
  'database-unavailable': {
    title: 'Database unavailable',
    sentence: () => 'The database cannot be reached at the moment. Nothing is lost. Try again in a minute.',
  },
  internal: {
    title: 'Internal error',
    sentence: () =>
      'Something went wrong on our side. Try again. If it happens again, the owner can find the reason in the log.',
  },
};
