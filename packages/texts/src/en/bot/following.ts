import { formatsOf } from '../../formats/formats.ts';

const { counted, deadline, number } = formatsOf('en');

/** Texts of the bot about followed lists. */
export const following = {
  how: 'Send the link of a channel, a playlist or a feed in the same line: /follow https://…',
  chooseType: 'New videos of this list: as video or as audio?',
  started: (title: string) => `You follow “${title}”. What is new comes by itself. /following shows all your lists.`,
  none: 'You follow no list. To follow a channel, a playlist or a feed: /follow https://…',
  heading: 'You follow:',
  nextCheck: (at: string) => `Next check: ${deadline(at)}`,
  paused: 'Paused',
  waiting: (count: number) => counted(count, { one: 'video waits', other: 'videos wait' }),
  more: (count: number) => `…and ${number(count)} more:`,
  pause: '⏸ Pause',
  go: '▶️ Continue',
  stop: '✖️ Stop',
  wasPaused: (title: string) => `Paused: ${title}`,
  continued: (title: string) => `Followed again: ${title}`,
  givenUp: (title: string, reason: string) =>
    `“${title}” could not be read for a month, so I have paused it. ${reason} /following continues it.`,
  stopped: 'You do not follow this list any more. Its items stay in the library.',
};
