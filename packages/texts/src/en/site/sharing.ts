import { formatsOf } from '../../formats/formats.ts';

const { counted, moment, timeAgo } = formatsOf('en');

/** Texts of the site about shares, and for guests. */
export const siteSharing = {
  share: {
    share: 'Share',
    heading: 'Share',
    radioHeading: 'Share the radio',
    hint: 'Anyone with the link can play this, and nothing else.',
    radioHint: 'For players, speakers and cars that cannot sign in. Anyone with the link can listen.',
    lifetime: 'Valid for',
    days: (count: number) => counted(count, { one: 'day', other: 'days' }),
    make: 'Make a link',
    makeAnother: 'Make another link',
    link: 'The link',
    linkHint: 'It is shown only once. If you lose it, make another.',
    copy: 'Copy',
    copied: 'Copied. Paste it anywhere.',
    send: 'Send…',
    copyVlc: 'Copy VLC link',
    copyFile: 'Copy MP3 link',
    copyStream: 'Copy stream address',
    copiedStream: 'Copied. Paste it into the player.',
    list: 'Active links',
    until: (at: string) => `Until ${moment(at)}`,
    made: (at: string) => `Made ${timeAgo(at)}`,
    stop: 'Stop sharing',
    stopOf: (at: string) => `Stop sharing the link that is valid until ${moment(at)}`,
    stopped: 'That link no longer works.',
    loading: 'Loading',
  },

  guest: {
    shared: 'Shared with you',
    until: (at: string) => `This link works until ${moment(at)}.`,
    loading: 'Opening the shared link',
    endedHeading: 'This link has expired',
    endedHint: 'Shared links work for a limited time. Ask the sender for a new one.',
    radioHint: 'A private radio station that plays around the clock.',
  },
};
