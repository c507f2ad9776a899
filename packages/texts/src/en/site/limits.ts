import { formatsOf } from '../../formats/formats.ts';

const { bytes, counted, number } = formatsOf('en');

/** Texts of the site about the limits of people. */
export const siteLimits = {
  limits: {
    heading: 'Limits',
    ofPerson: (name: string) => `Limits of ${name}`,
    ofMembers: 'Limits of members',
    membersHint: 'They count for every member without a limit of their own. Owners have no limits.',
    entry: 'Limits',
    change: 'Change limits',
    saved: 'The limits are changed.',
    names: { jobsPerDay: 'Links in 24 hours', storageBytes: 'Storage', openJobs: 'Unfinished downloads' },
    /** Label of the field with the number. */
    amounts: {
      jobsPerDay: 'Number of links',
      storageBytes: 'Storage in GB',
      openJobs: 'Number of unfinished downloads',
    },
    values: {
      jobsPerDay: (count: number) => `${counted(count, { one: 'link', other: 'links' })} a day`,
      storageBytes: (size: number) => bytes(size),
      openJobs: (count: number) => `${number(count, 0)} unfinished`,
    },
    none: 'No limit',
    noneAtAll: 'Members have no limits.',
    own: 'A limit of',
    byDefault: (value: string) => `As for all: ${value}`,
    yours: 'Your limits',
    use: (used: string, limit: string) => `${used} of ${limit}`,
  },
};
