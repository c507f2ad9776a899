import { triedWays } from '../ways/tried-ways.ts';

/** Texts of the site about the ways to the sources, for owners. */
export const siteProfiles = {
  tried: triedWays,

  profiles: {
    heading: 'Ways to the sources',
    hint: 'For each host, the ways by which Linkcast tries to reach it, in order: profiles.yaml. The way that worked last comes first.',
    label: 'The file profiles.yaml',
    save: 'Save',
    saved: 'The profiles are in force.',
    none: 'No host has a profile: each source is reached directly.',
    faulty: 'The file has faults, so the profiles before it stay in force:',
    fault: (line: number, field: string, fault: string) => `Line ${line}${field === '' ? '' : `, ${field}`}: ${fault}`,
    passwords: 'Passwords of proxies are shown as •••. Leave the mark, and the password stays.',
  },
};
