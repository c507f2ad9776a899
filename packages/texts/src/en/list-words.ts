import { formatsOf } from '../formats/formats.ts';

const { counted, number } = formatsOf('en');

/** The question for a link that is a list of videos, in the bot and on the site. */
export const listWords = {
  found: (videos: number, hasMore: boolean) =>
    hasMore
      ? `This link is a list of more than ${counted(videos, { one: 'video', other: 'videos' })}. The first ${number(videos)} can be added at once.`
      : `This link is a list of ${counted(videos, { one: 'video', other: 'videos' })}.`,
  question: 'Which do you want?',
  /** The video that is taken alone. */
  one: { first: 'First video', chosen: 'This video', unknown: 'One video' },
  all: (videos: number) => `All ${number(videos)}`,
  /** In the place of `all`, for a list that has more. */
  firstOf: (videos: number) => `First ${number(videos)}`,
};
