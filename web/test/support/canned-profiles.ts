import { ProfilesChange, type EndpointName, type ProfilesAnswer } from '@linkcast/contracts';
import { ok, refused, type Route } from './canned-reply.ts';

/** Creates the routes of the profiles of the canned API. A text with `fault` in it is refused. */
export function createCannedProfiles(state: { profiles: ProfilesAnswer }) {
  return {
    getProfiles: () => ok(state.profiles),
    replaceProfiles: ({ body }) => {
      const { text } = ProfilesChange.parse(body);
      if (text.includes('fault')) {
        const { status, json } = refused('invalid-request');
        return { status, json: { ...(json as object), faults: [{ field: 'line 2, profiles', fault: 'is unknown' }] } };
      }
      state.profiles = { text, hosts: [{ hosts: ['site.example'], ways: ['direct', 'home'] }], faults: [] };
      return ok(state.profiles);
    },
  } satisfies Partial<Record<EndpointName, Route>>;
}
