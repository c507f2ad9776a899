import { formatsOf } from '../../formats/formats.ts';
import { triedWays } from '../ways/tried-ways.ts';

const { counted, date } = formatsOf('en');

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

  cookies: {
    heading: 'Cookies of sites',
    hint: 'With the cookies of your account at a site, Linkcast fetches what only you see there. They are stored encrypted, used for your own links, and nobody can read them again. Use an account that you can do without: a site may block it.',
    file: 'File cookies.txt',
    site: 'Site',
    siteHint: 'For example youtube.com. Empty: the one site that the file is of.',
    everyone: 'For the links of everybody here',
    give: 'Give cookies',
    given: 'The cookies are stored.',
    none: 'There are no cookies yet.',
    count: (count: number) => counted(count, { one: 'cookie', other: 'cookies' }),
    until: (at: string) => `until ${date(at)}`,
    forAll: 'for everybody',
    expiring: 'They expire within a week: export them anew.',
    expired: 'They have expired: export them anew.',
    remove: 'Delete',
    removeOf: (site: string) => `Delete the cookies of ${site}`,
    removed: 'The cookies are deleted.',
    tooLarge: 'The file is too large: cookies of one site take some kilobytes.',
    missing: 'Choose a file first.',
  },
};
