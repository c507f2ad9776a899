import type { CertificateStatus, JobState, MediaType, NameStatus } from '@linkcast/contracts';

/** The progress of a download; each part is already readable ("12.4 MB"), and left out when unknown. */
interface ProgressFacts {
  readonly done: string;
  readonly total?: string;
  readonly speed?: string;
  readonly left?: string;
}

/** Texts of the bot. Plain text: the bot escapes it, so no HTML here. */
export const bot = {
  name: 'Linkcast',
  greeting: 'Send me a link, and it is playing on your own site seconds later.',
  /** The command menu, and the list in the greeting. Telegram takes 1 to 256 characters each. */
  commands: {
    dv: 'Download a video',
    da: 'Download audio, for listening and for the radio',
    signin: 'Sign in on the site',
    signout: 'Sign out everywhere',
    stats: 'How Linkcast is',
    cancel: 'Cancel the question I asked',
    help: 'How this works',
    start: 'Say hello',
  },
  help: [
    'Paste a link, and choose video or audio. Or say it at once: /dv and the link, /da and the link.',
    'A video can be watched while it is still downloading. What you send with /da also airs on the radio.',
    'Every download has a Cancel button, and shows you the links when it is done. They open without signing in, until the day they name.',
    'To see the whole library, send /signin: I answer with a link that signs you in on your site.',
  ],
  menuButton: 'Open',

  askForLink: {
    video: 'Send the link of the video!',
    audio: 'Send the link of the music or the talk!',
  } satisfies Record<MediaType, string>,
  notALink: 'I see no link in that. Send one that begins with https://, or /cancel.',
  linkInGroup: (command: string) => `Here in the group, send the link in the same line: /${command} https://…`,
  tooManyLinks: (limit: number) => `I take ${limit} links at a time. Send the others in another message.`,
  chooseType: 'Video or audio?',
  cancelled: 'Operation canceled.',
  nothingToCancel: 'There is nothing to cancel. A running download has its own Cancel button.',
  unknownText: 'Send me a link, or /help.',

  refusal: 'This bot is private. If you know the owner, ask them to let you in.',
  claimed: 'Welcome! You are the owner of this bot now.',
  wrongCode: 'That is not the code. It is printed when Linkcast starts, and kept in data/secrets/owner_code.',

  type: { video: '🎬', audio: '🎵' } satisfies Record<MediaType, string>,
  typeName: { video: 'Video', audio: 'Audio' } satisfies Record<MediaType, string>,
  phase: {
    queued: 'Waiting for its turn',
    resolving: 'Looking at the link',
    downloading: 'Downloading',
    converting: 'Converting',
    verifying: 'Checking',
    ready: 'Ready',
    failed: 'Failed',
    cancelled: 'Cancelled',
  } satisfies Record<JobState, string>,
  submitting: 'Got it. Handing it to the downloader…',
  retrying: 'Trying again…',
  cancelling: 'Cancelling…',
  percent: (percent: number) => `${percent} %`,
  progress: ({ done, total, speed, left }: ProgressFacts) =>
    [
      total === undefined ? done : `${done} of ${total}`,
      speed === undefined ? undefined : `${speed}/s`,
      left === undefined ? undefined : `${left} left`,
    ]
      .filter((part) => part !== undefined)
      .join(' · '),
  handling: { copied: 'copied, not encoded', encoded: 'encoded' },
  apiDown: 'The downloader does not answer just now; I keep trying.',
  apiDownNow: 'Linkcast does not answer just now. Ask me again in a minute.',
  keepTrying: 'I keep trying.',
  lost: 'The downloader no longer knows this job. Send the link again if you still want it.',
  gaveUp: 'The downloader did not answer for a whole day, so I stopped trying.',

  watchNow: 'Watch now',
  listenNow: 'Listen now',
  watch: 'Watch',
  listen: 'Listen',
  vlc: 'VLC',
  mp3: 'MP3',
  radio: 'Radio',
  cancel: 'Cancel',
  retry: 'Retry',

  sharing: {
    share: 'Share',
    stop: 'Stop sharing',
    until: (day: string) => `The links work until ${day}, for everybody who has them.`,
    pending: 'No share link could be made yet, so these links need signing in: /signin. I keep trying.',
    stopping: 'Sharing stops as soon as Linkcast answers; until then the shared links work.',
    stopped: 'Not shared: the link needs signing in, /signin.',
  },

  signIn: {
    open: 'Open this link to sign in:',
    button: 'Sign in',
    onTv: (page: string) => `On a TV, open ${page} and type this code:`,
    onlyHere:
      'The site has no name yet, so these addresses open only on the machine that it runs on. The README says how it gets one: "A name, and who gets in".',
    goodFor: (minutes: number) =>
      `It works once, within the next ${minutes === 1 ? 'minute' : `${minutes} minutes`}. Keep it to yourself: whoever uses it is signed in as you.`,
    inGroup: 'That link would be for you alone. Ask me in our private chat: /signin',
    tooMany: (limit: number) => `I give each person ${limit} sign-in links an hour. Try again later.`,
  },
  signedOut: (devices: number) =>
    devices === 0
      ? 'No device is signed in by way of this bot.'
      : `Signed out on ${devices === 1 ? '1 device' : `${devices} devices`}.`,

  /** `/stats`, for owners. */
  stats: {
    ownersOnly: 'That is for the owner.',
    inGroup: 'That is nothing for a group. Ask me in our private chat: /stats',
    title: (version: string) => `Linkcast ${version}`,
    ok: 'all is well',
    degraded: 'something needs attention',
    name: 'Name',
    nameState: {
      off: 'no name is set',
      unknown: 'not looked at yet',
      right: 'leads here',
      wrong: 'does not lead here yet',
      failing: 'could not be checked or written',
    } satisfies Record<NameStatus['state'], string>,
    nameAway: 'the DDNS updater does not answer',
    address: (family: 4 | 6, address: string) => `IPv${family}: ${address}`,
    noAddress: 'none',
    served: (addresses: string) => `the name says ${addresses}`,
    certificate: 'Certificate',
    certificateState: {
      off: 'no name is set',
      missing: 'none yet',
      valid: 'valid',
      due: 'to be renewed',
      expired: 'expired',
    } satisfies Record<CertificateStatus['state'], string>,
    certificateUntil: (day: string) => `until ${day}`,
    certificateAway: "certbot's keeper does not answer",
    lastError: (moment: string, sentence: string) => `${moment}: ${sentence}`,
  },

  /** Short notes over the chat when a button was pressed. */
  note: {
    onIt: 'On it',
    cancelling: 'Cancelling',
    retrying: 'Trying again',
    sharing: 'Making a link',
    stopping: 'Stopping',
    tooLate: 'That is over already',
  },
};
