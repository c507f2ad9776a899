import type { RetentionReason } from '@linkcast/contracts';
import { formatsOf } from '../../formats/formats.ts';

const { bytes, counted, date, percent } = formatsOf('en');

const days = (count: number): string => counted(count, { one: 'day', other: 'days' });

/** Texts of the site about the space of the disk, and the rules by which items go. */
export const siteStorage = {
  storage: {
    heading: 'Storage',
    open: 'Storage',
    forOwnersHeading: 'For owners',
    forOwnersHint: 'Only owners see what takes the space.',
    loading: 'Loading the storage',
    levels: {
      short: 'Space is short: the trash is emptied before its time, the oldest first.',
      full: 'The disk is full: nothing new is downloaded. The trash is emptied before its time.',
    },
    used: (used: number, limit: number, ratio: number) =>
      `${bytes(used)} of ${bytes(limit)} in use (the limit is ${percent(ratio)} of the disk)`,
    reserved: (size: number) => `Downloads in progress still need ${bytes(size)}.`,
    disk: 'The disk',
    kinds: {
      videoBytes: 'Videos',
      audioBytes: 'Audio',
      trashBytes: 'Trash',
      workBytes: 'Downloads in progress',
      otherBytes: 'Everything else on the disk',
      freeBytes: 'Free',
    },
    keep: 'Keep',
    keepTitle: (title: string) => `Keep ${title}`,
    delete: 'Delete',
    deleteTitle: (title: string) => `Move ${title} to the trash`,
    later: 'Ask again later',
    laterTitle: (title: string) => `Ask about ${title} again later`,
    answered: { keep: 'It stays.', delete: 'Moved to the trash.', later: 'You will be asked again in a week.' },
    questions: 'May these go?',
    questionsHint: 'Nobody has watched them to the end. Without an answer they stay.',
    expires: (iso: string) => `answer until ${date(iso)}`,
    next: 'Goes next',
    nextHint: 'What goes is in the trash for a week. What somebody plays, what is shared and what is kept stays.',
    nextEmpty: 'Nothing goes by itself.',
    goesOn: (iso: string) => `goes on ${date(iso)}`,
    goesSoon: 'goes in a few minutes',
    asksOn: (iso: string) => `you are asked on ${date(iso)}`,
    asksNow: 'waits for an answer',
    reasons: {
      watched: 'watched',
      unwatched: 'not watched',
      'keep-last': 'newer ones have its place',
    } satisfies Record<RetentionReason, string>,
    rules: 'Rules',
    rulesHint: 'A changed rule takes nothing in its first day.',
    ofAll: 'All items',
    ofPerson: (name: string) => `Items of ${name}`,
    nothing: 'Nothing is deleted by itself.',
    values: {
      watchedDays: (count: number) => `watched: after ${days(count)}`,
      unwatchedDays: (count: number) => `not watched: ask after ${days(count)}`,
      keepLast: (count: number) => `only the newest ${counted(count, { one: 'item', other: 'items' })} of each person`,
    },
    fields: {
      watchedDays: 'Delete watched items after so many days',
      unwatchedDays: 'Ask about unwatched items after so many days',
      keepLast: 'Keep only so many items of each person',
    },
    fieldHint: 'Empty: never.',
    change: 'Change',
    changeTitle: (name: string) => `Change the rule: ${name}`,
    remove: 'As for all',
    removeTitle: (name: string) => `Remove the rule: ${name}`,
    addForPerson: 'Rule for one person',
    person: 'Person',
    saved: 'The rule is changed.',
    people: 'By person',
    nobody: 'Nobody',
    unnamed: 'Without a name',
    items: (count: number) => counted(count, { one: 'item', other: 'items' }),
    largest: 'Largest items',
    largestEmpty: 'The library is empty.',
    kept: 'kept',
  },
};
