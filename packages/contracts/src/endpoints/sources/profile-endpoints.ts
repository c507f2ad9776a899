import { MOST_PROFILE_CHARACTERS, ProfilesAnswer, ProfilesChange } from '../../profiles/profile.ts';
import type { Endpoint } from '../endpoint.ts';

/** The ways by which hosts are tried. */
export const profileEndpoints = {
  getProfiles: {
    method: 'get',
    path: '/api/profiles',
    right: 'manage',
    summary: 'The profiles of hosts: `profiles.yaml`, and what of it is in force',
    success: 200,
    answer: ProfilesAnswer,
    problems: [],
  },
  replaceProfiles: {
    method: 'post',
    path: '/api/profiles',
    right: 'manage',
    forPeople: true,
    inPerson: true,
    summary: 'Replace `profiles.yaml`; with a fault nothing is changed, and all faults are listed',
    body: ProfilesChange,
    bodyBytes: 4 * MOST_PROFILE_CHARACTERS,
    success: 200,
    answer: ProfilesAnswer,
    problems: [],
  },
} as const satisfies Record<string, Endpoint>;
