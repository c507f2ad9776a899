import { formatsOf } from '../../formats/formats.ts';

const { counted } = formatsOf('en');

const items = (count: number): string => counted(count, { one: 'item', other: 'items' });

/** Texts of the site about collections. */
export const siteCollections = {
  collections: {
    heading: 'Collections',
    items,
    open: (title: string) => `Open the collection ${title}`,
    play: 'Play',
    more: 'Show more',
    loading: 'Loading the collection',
    missingHeading: 'This collection is not here',
    missingHint: 'It was deleted, it is private, or all of its items are in the trash.',
    renameHeading: 'Rename the collection',
    makePrivate: 'Make private',
    makeOpen: 'Show to everyone',
    madePrivate: 'The collection is private now. Its items stay as they are.',
    madeOpen: 'Everyone sees the collection now. Its private items stay private.',
    delete: 'Delete the collection',
    deleteHeading: 'Delete the collection?',
    deleteHint: (title: string) =>
      `“${title}” is deleted. Its items stay in the library, unless you move them to the trash.`,
    withItems: 'With its items: move those you may delete to the trash',
    deleted: 'The collection is deleted.',
    deletedWith: (count: number) => `The collection is deleted, and ${items(count)} moved to the trash.`,
    partOf: (title: string) => `Collection: ${title}`,
    next: (title: string) => `Next: ${title}`,
    rule: 'Rule of deletion',
    ruleHint: 'For the items of the person who added the list. It comes before the rules on the page “Storage”.',
    ruleHeading: (title: string) => `Items of ${title}`,
    noRule: 'None of its own: the rules on the page “Storage” apply.',
    keepLast: (count: number) => `only the newest ${items(count)}`,
    keepLastField: 'Keep only so many items',
    removeRule: 'Remove',
  },
};
