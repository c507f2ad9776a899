import { formatsOf } from '../../formats/formats.ts';
import { childCounts } from '../child-counts.ts';
import { listWords } from '../list-words.ts';

const { moment, number } = formatsOf('en');

/** Texts of the site about sending links, and about the queue. */
export const siteJobs = {
  add: {
    heading: 'What would you like to play?',
    lead: 'Paste a link from YouTube, Vimeo, SoundCloud or a thousand other sites.',
    field: 'Link to a video or a song',
    placeholder: 'Paste a link',
    paste: 'Paste',
    pasteRefused: 'The browser blocked the clipboard. Paste the link into the field yourself.',
    asVideo: 'Watch it',
    asVideoHint: 'Video, playing while it downloads',
    asAudio: 'Listen to it',
    asAudioHint: 'MP3, and it joins the radio',
    quality: 'Best picture',
    qualities: {
      best: 'Best available',
      '2160p': '4K',
      '1440p': '1440p',
      '1080p': 'Full HD',
      '720p': 'HD',
      '480p': '480p',
      '360p': '360p',
    },
    visibility: 'Who sees it',
    missing: 'Paste a link first.',
    shared: 'Shared with Linkcast',
    noLink: 'What you shared has no link. Paste one here.',
    accepted: 'Added',
    watchNow: 'Watch now',
    listenNow: 'Listen now',
    another: 'Add another',
    openQueue: 'See the queue',
    reading: 'Reading the link…',
    list: { ...listWords, more: (count: number) => `…and ${number(count)} more` },
  },

  queue: {
    heading: 'Queue',
    active: 'In progress',
    waiting: 'Waiting',
    turns: 'People take turns: a link of yours can start before older ones of others.',
    failed: 'Failed',
    finished: 'Finished',
    empty: 'No jobs yet',
    emptyHint: 'Send a link to the Telegram bot, or add one here.',
    idle: 'Nothing in progress. Send a link, and it appears here.',
    cancel: 'Cancel',
    cancelled: 'Cancelled.',
    children: childCounts,
    repair: 'Repair of a damaged item',
    nextTry: (at: string) => `Next try: ${moment(at)}.`,
    retryNow: 'Try now',
    retry: 'Try again',
    watch: 'Watch',
    listen: 'Listen',
    more: 'Show older jobs',
    loading: 'Loading the queue',
  },
};
