import type { CertificateStatus, JobState, MediaType, NameStatus, Progress } from '@linkcast/contracts';
import { formatsOf } from '../formats/formats.ts';
import { childCounts } from './child-counts.ts';
import { cookies } from './bot/cookies.ts';
import { deliveries } from './bot/deliveries.ts';
import { following } from './bot/following.ts';
import { itemJobs } from './bot/item-jobs.ts';
import { live } from './bot/live.ts';
import { listWords } from './list-words.ts';
import { triedWays } from './ways/tried-ways.ts';

const { bytes, bytesPerSecond, counted, date, deadline, duration, list, number, plural } = formatsOf('en');

/** Texts of the bot. Plain text: the bot escapes it, so no HTML here. */
export const bot = {
  name: 'Linkcast',
  tried: triedWays,
  cookies,
  deliveries,
  greeting: 'Send me a link, and it plays on your own site seconds later.',
  /** The command menu, and the list in the greeting. Telegram takes 1 to 256 characters each. */
  commands: {
    dv: 'Download a video',
    da: 'Download audio, to listen to and for the radio',
    follow: 'Follow a channel, playlist or feed',
    following: 'What I follow',
    signin: 'Sign in on the site',
    signout: 'Sign out everywhere',
    reports: 'News of what you add on the site',
    stats: 'System status',
    doctor: 'Check everything',
    deliveries: 'Last deliveries',
    cancel: 'Cancel my question',
    help: 'How to use this bot',
    start: 'Start',
  },
  help: [
    'Paste a link and choose video or audio. Or write it in one line: /dv and the link, or /da and the link.',
    'Videos, music and voice messages that you send or forward to me become part of your library.',
    'You can watch a video while it is still downloading. What you send with /da also plays on the radio.',
    'Each download has a Cancel button. Its link opens for everybody who is signed in; Share makes a link for anybody else, for a limited time.',
    'To see the whole library, send /signin. You get a link that signs you in on your site.',
  ],
  menuButton: 'Open',

  askForLink: {
    video: 'Send the link of the video.',
    audio: 'Send the link of the music or talk.',
  } satisfies Record<MediaType, string>,
  notALink: 'There is no link in your message. Send one that starts with https://, or /cancel.',
  linkInGroup: (command: string) => `In a group, send the link in the same line: /${command} https://…`,
  tooManyLinks: (limit: number) =>
    `I take at most ${counted(limit, { one: 'link', other: 'links' })} per message. Send the rest in another message.`,
  chooseType: 'Video or audio?',
  cancelled: 'Cancelled.',
  nothingToCancel: 'There is nothing to cancel. To stop a download, use its Cancel button.',
  unknownText: 'Send me a link, or /help.',
  /** A video, audio, voice message or document instead of a link. */
  file: {
    tooLarge: (page: string) =>
      `This file is too large for me: Telegram gives bots at most 20 MB. Upload it on the site: ${page}`,
    title: { video: 'Video from Telegram', audio: 'Audio from Telegram' },
  },

  refusal: 'This bot is private. If you know its owner, ask for an invitation.',
  /** Answers to an accepted invitation. */
  claimed: 'Welcome! You are now an owner of this Linkcast.',
  joined: 'Welcome! You have joined this Linkcast.',
  alreadyIn: 'You are already in. Send me a link, or /help.',
  /** Connecting a Telegram account to a person of the site. */
  connection: {
    question: (name: string) => `Connect this Telegram account to “${name}” on the site?`,
    warning:
      'Say yes only if you have just chosen “Connect Telegram” on the site yourself. What you send me is then added in that name, and the person with that name can see it.',
    yes: 'Yes, connect',
    no: 'No',
    connected: (name: string) => `Connected: here you are now “${name}”, as on the site.`,
    declined: 'Nothing was connected.',
    unnamed: 'somebody without a name',
  },

  type: { video: '🎬', audio: '🎵' } satisfies Record<MediaType, string>,
  typeName: { video: 'Video', audio: 'Audio' } satisfies Record<MediaType, string>,
  phase: {
    queued: 'Waiting in the queue',
    resolving: 'Opening the link',
    downloading: 'Downloading',
    converting: 'Converting',
    verifying: 'Checking',
    ready: 'Ready',
    failed: 'Failed',
    cancelled: 'Cancelled',
  } satisfies Record<JobState, string>,
  readyDamaged: (seconds: number) => `Ready, but ${duration(seconds)} of it cannot be played`,
  submitting: 'Got it. Adding it to the queue…',
  retrying: 'Trying again…',
  cancelling: 'Cancelling…',
  percent: (percent: number) => `${percent}%`,
  progress: ({ bytes: done, totalBytes, bytesPerSecond: rate, etaSeconds }: Omit<Progress, 'ratio'>) =>
    [
      totalBytes === null ? bytes(done) : `${bytes(done)} of ${bytes(totalBytes)}`,
      rate === null ? '' : bytesPerSecond(rate),
      etaSeconds === null ? '' : `${duration(etaSeconds)} left`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
  handling: { copied: 'copied, not re-encoded', encoded: 're-encoded' },
  apiDown: 'Linkcast is not responding. I will keep trying.',
  apiDownNow: 'Linkcast is not responding. Try again in a minute.',
  /** A job that failed, and is tried again by itself. */
  nextTry: (at: string) => `Next try: ${deadline(at)}.`,
  keepTrying: 'I will keep trying.',
  lost: 'This job no longer exists. Send the link again if you still want it.',
  gaveUp: 'Linkcast did not respond for a whole day, so I stopped trying.',
  /** A link that is a list. */
  list: {
    ...listWords,
    unanswered: 'Nobody chose within a day, so nothing was added.',
    failed: (videos: number) =>
      `None of the ${counted(videos, { one: 'video', other: 'videos' })} could be downloaded. The queue on the site says why.`,
  },

  watchNow: 'Watch now',
  listenNow: 'Listen now',
  watch: 'Watch',
  listen: 'Listen',
  vlc: 'VLC',
  mp3: 'MP3',
  radio: 'Radio',
  cancel: 'Cancel',
  retry: 'Retry',
  retryNow: 'Try now',

  sharing: {
    share: 'Share',
    stop: 'Stop sharing',
    until: (at: string) => `Anyone who has the shared links can open them until ${deadline(at)}.`,
    pending: 'There is no share link yet. I will keep trying.',
    stopping: 'Linkcast is not responding. The shared links work until it responds again.',
    unshared: 'Not shared: the link opens for people who are signed in (/signin).',
  },

  signIn: {
    open: 'Open this link to sign in:',
    button: 'Sign in',
    onTv: (page: string) => `On a TV, open ${page} and type this code:`,
    onlyHere:
      'The site has no domain name yet, so these addresses work only on the computer that runs it. See "A name, and who gets in" in the README.',
    goodFor: (minutes: number) =>
      `It works once, within the next ${plural(minutes, { one: 'minute', other: `${minutes} minutes` })}. Do not share it: whoever uses it is signed in as you.`,
    inGroup: 'A sign-in link is for you alone. Send /signin in our private chat.',
    tooMany: (limit: number) =>
      `I give each person at most ${counted(limit, { one: 'sign-in link', other: 'sign-in links' })} an hour. Try again later.`,
  },
  signedOut: (devices: number) =>
    devices === 0
      ? 'No device was signed in through this bot.'
      : `Signed out on ${counted(devices, { one: 'device', other: 'devices' })}.`,

  /** Notices for owners. */
  notice: {
    solved: (sentence: string) => `Solved: ${sentence}`,
    unsolved: (since: string, sentence: string) => `Unsolved since ${date(since)}: ${sentence}`,
  },

  /** `/stats`, for owners. */
  stats: {
    ownersOnly: 'Only the owner can use this.',
    inGroup: 'I answer this only in a private chat: /stats',
    title: (version: string) => `Linkcast ${version}`,
    ok: 'everything works',
    degraded: 'something needs attention',
    name: 'Domain name',
    nameState: {
      off: 'not set',
      unknown: 'not checked yet',
      right: 'points here',
      wrong: 'does not point here yet',
      failing: 'could not be checked or updated',
    } satisfies Record<NameStatus['state'], string>,
    nameAway: 'the DDNS updater is not responding',
    address: (family: 4 | 6, address: string) => `IPv${family}: ${address}`,
    noAddress: 'none',
    served: (addresses: readonly string[]) =>
      addresses.length === 0 ? 'DNS has no address' : `DNS has ${list(addresses)}`,
    certificate: 'Certificate',
    certificateState: {
      off: 'no domain name is set',
      missing: 'none yet',
      valid: 'valid',
      due: 'due for renewal',
      expired: 'expired',
    } satisfies Record<CertificateStatus['state'], string>,
    certificateUntil: (at: string) => `until ${deadline(at)}`,
    certificateAway: 'certbot is not responding',
    lastError: (at: string, sentence: string) => `${deadline(at)}: ${sentence}`,
  },

  /** `/doctor`, for owners. */
  doctor: {
    inGroup: 'I answer this only in a private chat: /doctor',
    title: (version: string) => `Linkcast ${version}`,
    healthy: 'Everything works.',
    faults: (count: number) => `${counted(count, { one: 'thing needs', other: 'things need' })} attention.`,
    more: (count: number) => `…and ${number(count)} more: run make doctor on the server.`,
  },

  /** The ends of jobs from the site, reported in chat. */
  reports: {
    heading: (ready: number, failed: number) =>
      [
        ready === 0 ? '' : counted(ready, { one: 'download is ready', other: 'downloads are ready' }),
        failed === 0 ? '' : counted(failed, { one: 'download failed', other: 'downloads failed' }),
      ]
        .filter((part) => part !== '')
        .join(', '),
    more: (count: number) => `…and ${number(count)} more.`,
    children: childCounts,
    open: '▶️ Open the library',
    turnOff: '🔕 No more of these',
    turnOn: '🔔 Tell me',
    areOn: 'When something that you added on the site is ready or has failed, I tell you here, without a sound.',
    areOff: 'I do not tell you here what becomes of the links that you add on the site.',
    turnedOff: 'I no longer tell you what becomes of the links that you add on the site. /reports turns it on again.',
    turnedOn: 'From now on I tell you here what becomes of the links that you add on the site.',
  },

  following,
  itemJobs,
  live,

  /** Questions to the owners about items that were not watched. */
  retention: {
    facts: (size: number, addedAt: string, name: string | null) =>
      [bytes(size), `added on ${date(addedAt)}`, ...(name === null ? [] : [`by ${name}`])].join(' · '),
    question: (until: string) =>
      `Nobody has watched it to the end. May it go? Without an answer until ${date(until)}, it stays.`,
    keep: '📌 Keep',
    delete: '🗑 Delete',
    later: 'Ask again later',
    kept: 'It stays: no rule deletes it. “No longer keep” in its menu on the site takes the mark back.',
    answered: {
      keep: 'It stays, and I do not ask about it again.',
      delete: 'It is in the trash, where it can be restored for 7 days, or until its space is needed.',
      later: 'I ask again in a week.',
    },
    changed: 'Nothing was changed: another owner has answered, or somebody watches, shares or keeps it now.',
    expired: 'This question is not open any more. Nothing was changed.',
  },

  /** Choosing a language: the description of `/lang`, its question, and the answer in the language that was chosen. */
  language: {
    command: 'Change the language',
    choose: 'Which language should I use?',
    chosen: 'I will write in English from now on.',
  },

  /** Short notes over the chat when a button was pressed. Telegram takes 200 characters. */
  note: {
    onIt: 'On it',
    cancelling: 'Cancelling',
    retrying: 'Trying again',
    sharing: 'Making a link',
    keeping: 'Keeping it',
    stopping: 'Stopping',
    tooLate: 'Already finished',
    notYours: 'Only the person who asked for it, or an owner, can do that.',
    notAsked: 'Only the person who sent the link can choose.',
    questionClosed: 'This question is closed. Send the link again.',
  },
};
