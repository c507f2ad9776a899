import type { JobState } from '@linkcast/contracts';
import { formatsOf } from '../formats/formats.ts';
import { siteActivity } from './site/activity.ts';
import { siteCollections } from './site/collections.ts';
import { siteDeliveries } from './site/deliveries.ts';
import { siteFollowing } from './site/following.ts';
import { siteItem } from './site/item.ts';
import { siteItemJobs } from './site/item-jobs.ts';
import { siteJobs } from './site/jobs.ts';
import { siteLimits } from './site/limits.ts';
import { siteLive } from './site/live.ts';
import { siteMarks } from './site/marks.ts';
import { sitePeople } from './site/people.ts';
import { sitePlaying } from './site/playing.ts';
import { siteProfiles } from './site/profiles.ts';
import { siteSettings } from './site/settings.ts';
import { siteSharing } from './site/sharing.ts';
import { siteStorage } from './site/storage.ts';
import { siteUploads } from './site/uploads.ts';

const { bytesPerSecond, counted, moment, span } = formatsOf('en');

const jobStates = {
  queued: 'Waiting in the queue',
  resolving: 'Opening the link',
  downloading: 'Downloading',
  converting: 'Converting',
  verifying: 'Checking',
  ready: 'Ready',
  failed: 'Failed',
  cancelled: 'Cancelled',
} satisfies Record<JobState, string>;

/** Texts of the site. */
export const site = {
  ...siteActivity,
  ...siteCollections,
  ...siteDeliveries,
  ...siteFollowing,
  ...siteItem,
  ...siteItemJobs,
  ...sitePeople,
  ...siteProfiles,
  ...siteSettings,
  ...siteLimits,
  ...siteLive,
  ...siteMarks,
  ...siteSharing,
  ...siteStorage,
  ...siteUploads,
  ...sitePlaying,
  ...siteJobs,
  /** BCP 47 tag for numbers and dates. */
  locale: 'en',
  name: 'Linkcast',
  tagline: 'Send a link. It plays seconds later.',
  skipToContent: 'Skip to the content',

  nav: { label: 'Main', library: 'Library', radio: 'Radio', queue: 'Queue', add: 'Add' },
  queueBadge: (count: number) => counted(count, { one: 'job in progress', other: 'jobs in progress' }),
  titles: {
    library: 'Library',
    radio: 'Radio',
    queue: 'Queue',
    add: 'Add a link',
    signIn: 'Sign in',
    join: 'Join',
    people: 'People',
    following: 'Following',
    trash: 'Trash',
    storage: 'Storage',
    activity: 'Activity',
    settings: 'Settings',
    notFound: 'Page not found',
  },

  connection: {
    lost: 'Reconnecting…',
    hint: 'The server is not responding. What you see may be out of date.',
  },
  errors: {
    unavailable: 'The server is not responding. Try again in a moment.',
    unexpected: 'Something went wrong on this page. Reload it and try again.',
    retry: 'Try again',
  },
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',

  types: { video: 'Video', audio: 'Audio' },
  jobStates,
  handling: { copied: 'Copied', encoded: 'Re-encoded' },
  handlingHint: {
    copied: 'Picture and sound are exactly as the source sent them.',
    encoded: 'Converted so that it plays on every device.',
  },

  progress: {
    percent: (percent: number) => `${percent}%`,
    left: (seconds: number) => `${span(seconds)} left`,
    speed: bytesPerSecond,
    label: (title: string) => `Progress of ${title}`,
    /** On a card: it can be played while the rest arrives. */
    arriving: 'Downloading',
  },

  library: {
    searchLabel: 'Search the library',
    search: 'Search',
    filterLabel: 'Show',
    all: 'All',
    sortLabel: 'Sort by',
    sorts: { newest: 'Newest', oldest: 'Oldest', title: 'Title', longest: 'Longest' },
    more: 'Show more',
    loading: 'Loading the library',
    empty: 'Your library is empty',
    emptyHint: 'Send a link to the Telegram bot, or paste one above. You can play it here seconds later.',
    emptyForVisitors: 'Nothing has been added yet. Come back later.',
    noMatch: 'No matches',
    noMatchHint: 'Try other words, or show everything.',
    showAll: 'Show everything',
    actions: (title: string) => `Actions for ${title}`,
    play: (title: string) => `Play ${title}`,
    continue: 'Continue where you left off',
    watched: { video: 'Watched', audio: 'Played' },
    playedUpTo: (clock: string) => `Played up to ${clock}`,
    timeLeft: (seconds: number) => `${span(seconds)} left`,
  },

  signIn: {
    heading: 'Welcome',
    lead: 'This Linkcast is private. Sign in with a code; this device then stays signed in.',
    leadForVisitors: 'With a code you can add links, share, and request music on the radio.',
    code: 'Sign-in code',
    placeholder: 'abcd-efgh-jkmn',
    submit: 'Sign in',
    working: 'Signing in…',
    already: 'You are already signed in.',
    switchHeading: 'Sign in as somebody else?',
    switchLead: (name: string, role: string) => `This device is signed in as ${name} (${role}).`,
    switchHint:
      'The link you opened signs this device in as somebody else, and what you send from here will be theirs. If you did not expect such a link, stay signed in.',
    switch: 'Use the link',
    stay: (name: string) => `Stay ${name}`,
    opening: 'Opening Linkcast…',
    incomplete: 'A code has twelve letters and digits, and never i, l, o, 0 or 1.',
    how: 'How to get a code',
    member: 'From the bot',
    memberHint: 'Send it /signin. Open the link that you get, or type the code here.',
    openBot: (botName: string) => `Open @${botName}`,
    owner: 'On the server',
    ownerHint: 'The owner gets a code with',
    ownerCommand: 'make sign-in',
    link: 'Sign in',
  },

  notices: {
    heading: 'Needs your attention',
    since: (since: string) => `Since ${moment(since)}`,
    dismiss: 'Hide in this browser',
  },

  health: {
    heading: 'System status',
    ok: 'Everything works.',
    degraded: 'Something needs attention.',
    fine: 'OK',
    faulty: 'failed',
    reachability: 'From the internet',
    version: (version: string) => `Version ${version}`,
  },

  notFound: {
    heading: 'Page not found',
    hint: 'The address is wrong, or the page has moved.',
  },
  noScript: 'Linkcast needs JavaScript to play media. Please turn it on.',
};
