import type { MarkCategory } from '@linkcast/contracts';
import { formatsOf } from '../../formats/formats.ts';

const { counted } = formatsOf('en');

/** Texts of the site about the marks of SponsorBlock in videos. */
export const siteMarks = {
  marks: {
    heading: 'Sponsors and intros',
    hint: 'For YouTube videos. Those that were added before the server asked SponsorBlock have no marks.',
    choice: 'In the player',
    choices: { off: 'Play them', offer: 'Offer to skip', skip: 'Skip' },
    credit: 'The data come from',
    bar: (count: number) => `${counted(count, { one: 'part', other: 'parts' })} to skip`,
    skip: (name: string) => `Skip: ${name}`,
    undo: (name: string) => `Skipped: ${name} · Undo`,
    names: {
      sponsor: 'sponsor',
      selfpromo: 'self-promotion',
      interaction: 'reminder to subscribe',
      intro: 'intro',
      outro: 'end cards',
      preview: 'preview or recap',
      hook: 'greeting',
      music_offtopic: 'part without music',
    } satisfies Record<MarkCategory, string>,
  },
};
