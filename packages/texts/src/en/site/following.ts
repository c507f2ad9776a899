import { formatsOf } from '../../formats/formats.ts';

const { counted, date, moment } = formatsOf('en');

/** Texts of the site about followed lists. */
export const siteFollowing = {
  following: {
    heading: 'Following',
    open: 'Following',
    hint: 'Channels, playlists and feeds whose new videos come by themselves.',
    loading: 'Loading what you follow',
    empty: 'You follow nothing yet',
    emptyHint: 'Paste the link of a channel, a playlist or a feed above.',
    link: 'Link of a channel, playlist or feed',
    type: 'As',
    follow: 'Follow',
    followed: 'You follow it now.',
    reading: 'Reading the list…',
    options: 'Options',
    optionsHeading: (title: string) => `Options of ${title}`,
    frequency: 'Check',
    frequencies: {
      '1': 'every hour',
      '6': 'every 6 hours',
      '24': 'once a day',
      '168': 'once a week',
      night: 'at night, at 4:00',
      own: 'as now',
    },
    fields: {
      last: 'Also fetch the newest ones that are there: how many',
      include: 'Only titles with one of these words, separated by commas',
      exclude: 'No titles with one of these words',
      since: 'Nothing from before',
      keepLast: 'Keep only so many, the newest',
      keepDays: 'Keep for so many days',
    },
    nextCheck: (at: string) => `next check: ${moment(at)}`,
    paused: 'paused',
    waiting: (count: number) => counted(count, { one: 'video waits', other: 'videos wait' }),
    lastNew: (at: string) => `last new: ${date(at)}`,
    since: (at: string) => `Since ${date(at)}.`,
    check: 'Check now',
    checking: 'It is checked within a minute.',
    pause: 'Pause',
    go: 'Continue',
    change: 'Options',
    stop: 'Stop',
    stopHeading: 'Stop following?',
    stopHint: (title: string) => `Nothing new of “${title}” comes any more. What is there stays in the library.`,
    stopped: 'You do not follow it any more.',
  },
};
